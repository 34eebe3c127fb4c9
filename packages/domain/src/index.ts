export * from './access/index.ts'
export {
  type ContainerFiles,
  isSameParty,
  partiesOfContainer,
  partyDays,
  type PartyIdentity,
} from './visibility/container-parties.ts'
export type { Cell, DateCell, ErrorCell } from './cells/cell.ts'
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
} from './cells/cell-values.ts'
export { groupBy } from './lists/group-by.ts'
export {
  type Compared,
  type Difference,
  type DifferenceKind,
  differenceKinds,
  differencesOf,
  type DifferenceSettings,
  hasChanged,
} from './report/differences.ts'
export { columnsOf, printedColumns, type ReportColumn, reportColumns, usualColumns } from './report/report-columns.ts'
export {
  type ColumnPreset,
  columnPresets,
  moveColumn,
  presetColumns,
  presetOf,
  readColumns,
  toggleColumn,
} from './report/choose-columns.ts'
export { packState, readState, type ReportedStatus, type ReportState, type StoredState } from './report/report-state.ts'
export { pictureKindOf, pictureKinds, type PictureKind } from './report/pictures.ts'
export { type DayOfArrivals, type ReportSummary, summaryOf } from './report/report-summary.ts'
export { countBy, type Counts } from './lists/count-by.ts'
export { cleanText, clipText, cutText } from './values/clean-text.ts'
export { applyProfile, headerSignature, type ColumnProfile } from './dislocation/column-profile.ts'
export {
  containerCheckDigit,
  hasValidCheckDigit,
  parseContainerNumber,
  type ContainerNumber,
} from './values/container-number.ts'
export {
  type DislocationColumns,
  type DislocationHeader,
  findDislocationHeader,
  missingHeadings,
} from './dislocation/dislocation-columns.ts'
export {
  type DislocationField,
  dislocationFields,
  dislocationHeading,
  fieldOfReport,
  type FieldValues,
  type ValueField,
  valueFields,
} from './dislocation/dislocation-fields.ts'
export type { DislocationRow } from './dislocation/dislocation.ts'
export type { ColumnKind } from './cells/column-kinds.ts'
export { readableFileName } from './values/file-name.ts'
export { findFormationStamp, stampFromFileName } from './workbook/formation-stamp.ts'
export { mainStops, stayMinutes, stopsOfWay, type WayOperation, type WayStop } from './trip/way.ts'
export { idlenessOf, standingMinutes, type Idleness } from './trip/idleness.ts'
export {
  isStayAfterRoster,
  rosterTripDays,
  tripToRoster,
  type RosterOfTrip,
  type TripOfRoster,
  type TripToRoster,
} from './trip/roster-trip.ts'
export {
  arrivalMoment,
  arrivalOf,
  forecastArrival,
  forecastIn,
  forecastPace,
  progressPercent,
  type Arrival,
  type Forecast,
  type ForecastPosition,
  type MeasuredForecast,
} from './forecast/forecast.ts'
export {
  forecastSteps,
  type ForecastStep,
  kmBucketOf,
  kmBucketRange,
  kmBucketStarts,
  type MeasuredStep,
  type Pace,
} from './forecast/pace.ts'
export { momentAt, usualWay, type WayPoint } from './forecast/usual-way.ts'
export { backTest, type BackTest } from './forecast/back-test.ts'
export { type FinishedTrip, type ForecastSample, mostDaysOfWay, samplesOf } from './forecast/samples.ts'
export {
  type ForecastMeasurement,
  type ForecastPlace,
  type ForecastRules,
  forecastRules,
  type LaneMeasurement,
  measureForecasts,
} from './forecast/measure-forecasts.ts'
export { pacesOfStations, type StationPace } from './forecast/paces-of-stations.ts'
export { guessColumns, type ColumnGuess } from './dislocation/guess-columns.ts'
export { headerSearchRows, normaliseLabel } from './cells/header.ts'
export type { HeaderColumns } from './cells/header-columns.ts'
export { createDislocationParser, type DislocationParser } from './dislocation/parse-dislocation.ts'
export { writeRoster } from './roster/write-roster.ts'
export { type DeclaredRoster, parseDeclaredRoster } from './roster/declared-roster.ts'
export { parseTrainRoster, type RosterEntry, type TrainRoster } from './roster/parse-train-roster.ts'
export { parseWallTime, wallTimeOfSerial } from './values/parse-wall-time.ts'
export { readPlans } from './question/short/read-plans.ts'
export { readSmallTalk, type SmallTalk } from './question/short/read-small-talk.ts'
export { createDirectory, type Directory, type KnownStation, nearestPlaces, type Place } from './question/directory.ts'
export {
  asksForOperationDay,
  emptyFilter,
  type DayRange,
  type Filter,
  type FilterState,
  type NormCondition,
  type PlaceCondition,
  type PlaceRole,
} from './question/filter.ts'
export { readFilter, readPartly, readUnknownPlace, type FilterReading, type Knowledge } from './question/read-filter.ts'
export { readTrainName, type TrainName } from './question/short/read-train-name.ts'
export { readClient } from './visibility/read-client.ts'
export { type CorrectedNumber, readNumbers, readTail } from './question/read-numbers.ts'
export { recogniseSheet, type SheetKind } from './workbook/recognise-sheet.ts'
export {
  findBareRosterHeader,
  findRosterHeader,
  rosterHeading,
  type RosterColumns,
  type RosterField,
  type RosterHeader,
} from './roster/roster-columns.ts'
export { destinationFromFileName, trainCodeFromFileName } from './roster/roster-file-name.ts'
export type { RowProblem, RowWarning, SheetWarning } from './cells/row-warnings.ts'
export { nextSlot, parseSlot, slotsBetween, type PlannedSlot, type Schedule, type Slot } from './schedule/schedule.ts'
export { type ReadMoment, readMoment } from './schedule/read-moment.ts'
export { nextDueAt, planSlots, type PlannedReport, type SlotPlan } from './schedule/plan-slots.ts'
export { type GateFacts, waitsForDataUntil } from './schedule/freshness-gate.ts'
export * from './subscription/changes-for-owner.ts'
export { changeOfList, type ListedContainer, type ListedTrip } from './subscription/leaving.ts'
export { type ItemsRead, type ListItem, readItems } from './subscription/read-items.ts'
export { readReportRequest, type ReportRequest } from './subscription/read-report-request.ts'
export {
  longestSubjectText,
  longestSubscriptionName,
  mostListed,
  mostReportContainers,
  mostSlots,
  type SubscriptionSubject,
  subscriptionSubjects,
} from './subscription/subject.ts'
export { readDay } from './subscription/read-day.ts'
export { readWeekdays } from './subscription/read-weekdays.ts'
export {
  isValidStationCode,
  parseRoad,
  parseStation,
  type Road,
  roadShortName,
  type Station,
} from './values/station.ts'
export {
  defaultStandingAfterMinutes,
  deriveStatus,
  findStatusRule,
  hasMeaning,
  idleMinutes,
  isIssued,
  isSameStation,
  operationMeaningOf,
  operationMeanings,
  type FormerStatus,
  type OperationMeaning,
  type OperationMeanings,
  type Status,
  type StatusPosition,
  type StatusRule,
  type StatusSettings,
} from './trip/status.ts'
export { oneCharacterRepairs, rankSuggestions } from './question/suggest-containers.ts'
export { isoText } from './values/iso-text.ts'
export { typesOfFeet } from './values/container-feet.ts'
export { findRailwayTrain, parseRailwayTrain, partsOfIndex, type RailwayTrain } from './values/trains/railway-train.ts'
export { findTrainCodes, parseTrainCode, type TrainCode } from './values/train-code.ts'
export { assignTrips, type TripOperation } from './trip/assign-trips.ts'
export { isSameTrip, isTripOver, type TripKey } from './trip/trip.ts'
export { isValidWagonNumber, parseWagonNumber, wagonType, type WagonNumber } from './values/wagon-number.ts'
export {
  formatWall,
  formatWallDate,
  utcOfWallTime,
  wallTimeOf,
  wallTimeOfUtc,
  type WallParts,
  type WallTime,
} from './values/wall-time.ts'
export { parseInn } from './values/inn.ts'
export { parseWaybill, type Waybill } from './values/waybill.ts'
export { isZone, toInstant, toWall, zoneLabel } from './values/zone.ts'
export {
  findNumberColumn,
  findNumberHeading,
  numberCellOf,
  readNumberCells,
  type NumberCell,
  type NumberColumn,
  type NumberedRow,
} from './cells/find-number-column.ts'
export { columnIndex, columnLetters } from './cells/column-letters.ts'
export { findLikelyHeader, readLikelyHeader, type LikelyHeader } from './cells/likely-header.ts'
export { guardOf, isAcceptable, isMappable, needsNotice } from './workbook/quarantine-rules.ts'
export {
  addToPeriod,
  emptyPeriod,
  type NoticeEntry,
  type NoticePeriod,
  type NoticeTopic,
} from './workbook/gather-notices.ts'
export { type FeedRhythm, rhythmOf } from './workbook/feed-rhythm.ts'
export { claimedTime, receiptTime } from './workbook/receipt.ts'
export {
  isAheadOfMessage,
  droppedAfterDays,
  isDropped,
  isFutureStamp,
  isShrunk,
  latestTime,
  longBefore,
  usualRowCount,
} from './workbook/source-guard.ts'
export { type DailyHours, parseWorkHours } from './schedule/work-hours.ts'
export { isQuiet, parseQuietHours, type QuietHours } from './schedule/quiet-hours.ts'
export { cityZones, findZone } from './values/known-zones.ts'
export { endOfNorm, type NormState, normStateOf } from './trip/delivery-norm.ts'
export {
  type Attention,
  type AttentionLimits,
  attentionOf,
  type AttentionReason,
  attentionReasons,
  defaultAttentionLimits,
} from './attention/attention.ts'
export * from './alert/index.ts'
export {
  type AttentionDecision,
  type AttentionPresent,
  attentionState,
  type PutAway,
  putAwayOf,
} from './attention/attention-mark.ts'
export { readUntil, type UntilRead } from './attention/read-until.ts'
export * from './event/index.ts'
export { type ChangesReading, type ChangesSince, readChanges } from './question/read-changes.ts'
export { type LateWaybill, lateWaybills, type RegisteredTrip } from './register/late-waybills.ts'
export { monthAfter, monthBefore, readRegisterQuestion, type RegisterQuestion } from './register/read-register.ts'
export { claimsToWarnOf, monthRange, newestMonth, registerMonthDue } from './register/register-schedule.ts'
export { parseEmailAddress } from './values/email-address.ts'
export * from './export/index.ts'
export * from './setting/index.ts'
export * from './terminal/index.ts'
