export {
  type Access,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  type Allowed,
  type CompanyFacts,
  factsOfStranger,
  type GroupFacts,
  type GroupStatus,
  isAdmin,
  isAdminGroup,
  type PersonFacts,
  type Role,
} from './access/access-of.ts'
export { askAgainNotice, noAccessNotice } from './access/no-access-notice.ts'
export { type CompanyScope, everything, type Scope, scopeKey } from './access/scope.ts'
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
export { cleanText, cutText } from './clean-text.ts'
export { applyProfile, headerSignature, type ColumnProfile } from './column-profile.ts'
export {
  containerCheckDigit,
  hasValidCheckDigit,
  parseContainerNumber,
  type ContainerNumber,
} from './container-number.ts'
export {
  dislocationFields,
  dislocationHeading,
  findDislocationHeader,
  missingHeadings,
  headerSearchRows,
  type DislocationColumns,
  type DislocationField,
  type DislocationHeader,
} from './dislocation-columns.ts'
export type { DislocationRow, Road, Station } from './dislocation.ts'
export { readableFileName } from './file-name.ts'
export { findFormationStamp, stampFromFileName } from './formation-stamp.ts'
export { idlenessOf, standingMinutes, type Idleness } from './facts/idleness.ts'
export {
  isStayAfterRoster,
  rosterTripDays,
  tripToRoster,
  type RosterOfTrip,
  type TripOfRoster,
  type TripToRoster,
} from './facts/roster-trip.ts'
export {
  arrivalMoment,
  arrivalOf,
  forecastArrival,
  forecastIn,
  forecastPace,
  progressPercent,
  type Arrival,
  type Forecast,
} from './forecast.ts'
export { guessColumns, type ColumnGuess } from './guess-columns.ts'
export { normaliseLabel } from './header.ts'
export type { HeaderColumns } from './header-columns.ts'
export { createDislocationParser, type DislocationParser } from './parse-dislocation.ts'
export { createTerminalParser, type TerminalParser } from './parse-terminal-report.ts'
export { parseTrainRoster, type RosterEntry, type TrainRoster } from './parse-train-roster.ts'
export { parseWallTime, wallTimeOfSerial } from './parse-wall-time.ts'
export { readSmallTalk, type SmallTalk } from './question/read-small-talk.ts'
export { createDirectory, type Directory, type KnownStation, type Place } from './question/directory.ts'
export {
  asksForUnloading,
  type DayRange,
  type Filter,
  type FilterState,
  type PlaceCondition,
  type PlaceRole,
} from './question/filter.ts'
export { readFilter, readUnknownPlace, type FilterReading, type Knowledge } from './question/read-filter.ts'
export { readNumbers } from './question/read-numbers.ts'
export { recogniseSheet, type SheetKind } from './recognise-sheet.ts'
export {
  findRosterHeader,
  rosterHeading,
  type RosterColumns,
  type RosterField,
  type RosterHeader,
} from './roster-columns.ts'
export { destinationFromFileName, trainCodeFromFileName } from './roster-file-name.ts'
export type { RowProblem, RowWarning, SheetWarning } from './row-warnings.ts'
export { nextSlot, parseSlot, slotsBetween, type PlannedSlot, type Slot } from './schedule.ts'
export { isValidStationCode, parseRoad, parseStation, roadShortName } from './station.ts'
export {
  defaultStandingAfterMinutes,
  deriveStatus,
  hasMeaning,
  idleMinutes,
  isSameStation,
  operationMeaningOf,
  operationMeanings,
  type FormerStatus,
  type OperationMeaning,
  type OperationMeanings,
  type Status,
  type StatusPosition,
  type StatusSettings,
} from './status.ts'
export { oneCharacterRepairs, rankSuggestions } from './suggest-containers.ts'
export {
  findTerminalHeader,
  terminalHeading,
  terminalSheetKind,
  type TerminalColumns,
  type TerminalField,
  type TerminalHeader,
  type TerminalSheetKind,
} from './terminal-columns.ts'
export { stockSummary, teuOf, type StockGroup } from './terminal-stock.ts'
export {
  collectVisits,
  currentVisits,
  isNewerVisit,
  isOnSite,
  mergeVisits,
  visitKey,
  type TerminalVisit,
} from './terminal-visit.ts'
export { findTrainCodes, parseTrainCode, type TrainCode } from './train-code.ts'
export { isSameTrip, type TripKey } from './trip.ts'
export { isValidWagonNumber, parseWagonNumber, wagonType, type WagonNumber } from './wagon-number.ts'
export { utcOfWallTime, wallTimeOf, wallTimeOfUtc, type WallParts, type WallTime } from './wall-time.ts'
export { parseInn } from './inn.ts'
export { parseWaybill, type Waybill } from './waybill.ts'
export { formatDuration, formatWall, formatWallDate, pluralRu, type Language } from './wording.ts'
export { isZone, toInstant, toWall, zoneLabel } from './zone.ts'
export {
  findNumberColumn,
  readNumberCells,
  type NumberCell,
  type NumberColumn,
  type NumberedRow,
} from './find-number-column.ts'
export { escapeHtml } from './html.ts'
export { columnIndex, columnLetters } from './column-letters.ts'
export { findLikelyHeader, readLikelyHeader, type LikelyHeader } from './likely-header.ts'
export {
  givenBackNotice,
  guardOf,
  isAcceptable,
  isTeachable,
  isWorthTelling,
  kindName,
  quarantineNotice,
  refusalNotice,
  resultNotice,
  type Notice,
  type QuarantinedWorkbook,
  type SettledWorkbook,
} from './workbook-notice.ts'
export { type DoubtfulImport, doubtfulImportNotice, type ReportAhead } from './doubtful-import-notice.ts'
export {
  deferredMailNotice,
  formatBytes,
  mailReasonSentence,
  type RefusedMail,
  refusedMailNotice,
  type RetriedMail,
  retriedMailNotice,
} from './mail-notice.ts'
export {
  addToPeriod,
  emptyPeriod,
  gatheredNotice,
  type NoticeEntry,
  type NoticePeriod,
  type NoticeTopic,
} from './gather-notices.ts'
export { type UndoneContainers, undoFailedNotice, undoneNotice } from './undo-notice.ts'
export { isSaidInReason, reasonSentence } from './workbook-reasons.ts'
export { claimedTime, receiptTime } from './receipt.ts'
export {
  isAheadOfMessage,
  isDropped,
  isFutureStamp,
  isShrunk,
  latestTime,
  longBefore,
  usualRowCount,
} from './source-guard.ts'
export { isQuiet, parseQuietHours, type QuietHours } from './quiet-hours.ts'
export { findZone, type KnownZone, cityZones, zoneName } from './known-zones.ts'
