export type { Cell, DateCell, ErrorCell } from './cell.ts'
export {
  cellDecimal,
  cellIdentifier,
  cellIdleMinutes,
  cellInteger,
  cellText,
  cellWallTime,
  cellYesNo,
  unreadable,
  type Reading,
} from './cell-values.ts'
export { cleanText } from './clean-text.ts'
export {
  containerCheckDigit,
  hasValidCheckDigit,
  parseContainerNumber,
  type ContainerNumber,
} from './container-number.ts'
export type { DislocationRow, Road, Station } from './dislocation.ts'
export { normaliseLabel } from './header.ts'
export { parseWallTime, wallTimeOfSerial } from './parse-wall-time.ts'
export { wallTimeOf, type WallParts, type WallTime } from './wall-time.ts'
export { formatDuration, formatWall, formatWallDate, pluralRu, type Language } from './wording.ts'
export { isZone, toInstant, toWall, zoneLabel } from './zone.ts'
