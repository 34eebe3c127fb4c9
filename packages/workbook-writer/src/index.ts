export {
  joinRows,
  lazyRows,
  type LazyRows,
  type Sheet,
  type SheetCell,
  type SheetChart,
  type SheetColumn,
  type SheetPicture,
  type SheetRow,
  tableSheet,
  type TonedValue,
} from './sheet.ts'
export { sheetNames } from './sheet-names.ts'
export { toned } from './sheet-xml.ts'
export {
  type FileLimits,
  type StreamedFile,
  type StreamedSheet,
  streamWorkbooks,
  usualLimits,
} from './stream-workbooks.ts'
export { formats, type Tone } from './styles.ts'
export { type ColumnKind, type TableValue, toCell } from './to-cell.ts'
export { writeWorkbook } from './write-workbook.ts'
