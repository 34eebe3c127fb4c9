import type { ZipLimits } from './zip/zip-entries.ts'

/** How much of a file is read before it is refused; the limits on zips apply to formats that are one. Sizes are in bytes. */
export interface ReadingLimits extends ZipLimits {
  readonly maxBytes: number
  readonly maxSheets: number
  /** Rows with a value, in one sheet. */
  readonly maxRows: number
  readonly maxColumns: number
  /** Of one text. Excel itself holds no longer ones; beyond a mebibyte the formats of XML stop by themselves. */
  readonly maxCellCharacters: number
  /** In all sheets together, for a format whose library needs half a kilobyte for each. */
  readonly maxCells: number
  /** So many of them are handed to that library at a time; a piece ends with a row and may grow to twice as many. */
  readonly maxCellsAtOnce: number
  /** A sheet ends, without an error, after so many blank rows in a run. */
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
  maxCells: 2_500_000,
  maxCellsAtOnce: 200_000,
  maxBlankRows: 1_000,
  maxSharedStrings: 5_000_000,
}
