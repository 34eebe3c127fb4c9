export { type Catalogue, defaultLanguage, type Language, languageName, languageOf, languages } from './catalogue.ts'
export { aboutStock } from './format/about-stock.ts'
export { formatNormKept } from './format/norm-kept.ts'
export { formatBytes, formatDayRange, formatDuration, formatNumber, toDecimalText, zoneName } from './format/formats.ts'
export { bold, code, escapeHtml, escapeWhole, joinRecords } from './format/html.ts'
export {
  dayText,
  formatDate,
  formatDateStamp,
  formatDateTime,
  formatDay,
  formatDayAhead,
  formatExact,
  formatMoment,
  formatStamp,
  type MomentReader,
  shortDayText,
  zoneLine,
  zoneMark,
} from './format/moments.ts'
export { toPlainText } from './format/plain-text.ts'
export { audienceText } from './names/audience-text.ts'
export {
  auditActorText,
  auditFacts,
  auditObjectText,
  type AuditReader,
  type RecordedAction,
  type RecordedActor,
} from './names/audit-entry.ts'
export { operationInSentence, operationName, roadName, stationName, stockName } from './names/names.ts'
export { type NoticeAction, noticeActions } from './notices/actions.ts'
export { eventHeading } from './notices/events/event-lines.ts'
export { isSaidInReason, mailReasonSentence, reasonSentence } from './notices/incoming/workbook-reasons.ts'
export { kindName } from './notices/incoming/workbook.ts'
export { type NoticeKind, noticeKinds } from './notices/kinds.ts'
export type { NoticeButton, NoticeReader, RenderedNotice } from './notices/notice.ts'
export { accessRequestText, personLine } from './notices/people/access.ts'
export { broadcastLines, countUnreached, recallLines } from './notices/people/broadcasts.ts'
export { aboutRegister, type RegisterSubject } from './notices/people/late-register.ts'
export { skippedFile } from './notices/people/reports.ts'
export { changedSubscriptions } from './notices/people/subscriptions.ts'
export { type Notice, notice, type NoticeParams, type Rendering, renderNotice } from './notices/render.ts'
export type { ExampleTexts } from './ru/chat/start.ts'
export * from './texts.ts'
