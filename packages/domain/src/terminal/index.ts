export { createTerminalParser, type TerminalParser } from './parse-terminal-report.ts'
export { fieldOfTerminalReport, type TerminalField, terminalFields, terminalHeading } from './terminal-fields.ts'
export {
  findTerminalHeader,
  terminalSheetKind,
  type TerminalColumns,
  type TerminalHeader,
  type TerminalSheetKind,
} from './terminal-columns.ts'
export { type FreeDays, parseFreeDays, type Storage, storageOf } from './free-days.ts'
export { readStockQuestion, type StockNames, type StockReading } from './read-stock-question.ts'
export {
  asksForAll,
  daysOnSite,
  emptyStockFilter,
  type StockFilter,
  type StockMove,
  type StockName,
} from './stock-filter.ts'
export { stockSummary, teuOf, type StockGroup } from './terminal-stock.ts'
export { conditionFields, conditionOf, type VisitCondition } from './visit-condition.ts'
export {
  collectVisits,
  currentVisits,
  isNewerVisit,
  isOnSite,
  mergeVisits,
  visitKey,
  type TerminalVisit,
} from './terminal-visit.ts'
export { terminalTransport, type TerminalTransport } from './terminal-transport.ts'
