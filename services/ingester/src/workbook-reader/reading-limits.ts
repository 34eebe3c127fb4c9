import type { ZipLimits } from './zip-entries.ts'

/** How much of a file is read before it is refused; the limits on zips apply to formats that are one. Sizes are in bytes. */
export interface ReadingLimits extends ZipLimits {
  readonly maxBytes: number
  readonly maxSheets: number
  /** Rows with a value, in one sheet. */
  readonly maxRows: number
  readonly maxColumns: number
  /** In all sheets together, for a format that is not read row by row. */
  readonly maxCells: number
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
  maxCells: 5_000_000,
  maxBlankRows: 1_000,
  maxSharedStrings: 5_000_000,
}
