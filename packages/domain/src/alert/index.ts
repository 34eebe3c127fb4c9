export { type AlertEvent, type Direction, directionOf, hoursMoved, terminalOf, topicOf } from './alert-event.ts'
export {
  chooseWay,
  debounceSeconds,
  type EventTiming,
  type EventWish,
  usualDigestSlots,
  type Way,
} from './choose-way.ts'
export { findNeedless } from './find-needless.ts'
export { type EventSummary, summariseEvents, type DescribedEvent } from './summarise-events.ts'
export { type AlertReader, tellOrHold, type Telling } from './tell-or-hold.ts'
