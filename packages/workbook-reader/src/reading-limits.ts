import type { ZipLimits } from './zip/zip-entries.ts'

/** Limits above which a file is refused; the limits on zips apply to formats that are one. Sizes are in bytes. */
export interface ReadingLimits extends ZipLimits {
  readonly maxBytes: number
  readonly maxSheets: number
  /** Rows with a value, in one sheet. */
  readonly maxRows: number
  readonly maxColumns: number
  /** Of one text. Excel itself holds no longer ones; beyond a mebibyte the XML formats stop by themselves. */
  readonly maxCellCharacters: number
  /** Number of consecutive blank rows that end a sheet, without an error; its visitor hears of rows behind them. */
  readonly maxBlankRows: number
  readonly maxSharedStrings: number
}

export const defaultReadingLimits: ReadingLimits = {
  maxBytes: 25_000_000,
  maxUnpackedBytes: 300_000_000,
  maxEntries: 1_000,
  maxRatio: 200,
  ratioFreeBytes: 1_000_000,
  maxSheets: 200,
  maxRows: 200_000,
  maxColumns: 200,
  maxCellCharacters: 32_767,
  maxBlankRows: 1_000,
  maxSharedStrings: 5_000_000,
}
