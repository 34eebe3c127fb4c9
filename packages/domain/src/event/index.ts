export { type DerivedEvent, type EventKind, eventKinds, severities, type Severity, usualEventKinds } from './event.ts'
export type {
  ContainerPast,
  DetectedEvent,
  EventSettings,
  PastOperation,
  PastTrip,
  PastVisit,
  Present,
  PresenceChange,
} from './container-past.ts'
export { type ContainerEvents, defaultEventSettings, eventsOf, isNews } from './events-of.ts'
export { type MailListField, mailListFields, mostMailListParts } from './mail-list.ts'
export { readMailListField, readMailListName } from './mail-list.ts'
