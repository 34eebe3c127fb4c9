export {
  type ExportColumn,
  exportColumns,
  type ExportColumnType,
  type ExportKind,
  exportKinds,
  type AuditPart,
  type ExportWords,
  isExportKind,
  isOfTheRailway,
} from './export-columns.ts'
export { namedPeriod, type Period, type PeriodName, periodNames, readPeriod, type ReadPeriod } from './period.ts'
export { statisticsDays, type StatisticsPeriod, statisticsPeriods } from './statistics-period.ts'
