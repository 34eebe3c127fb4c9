/** How much of a file is read before it is refused. Sizes are in bytes. */
export interface ReadingLimits {
  readonly maxBytes: number
  /** All parts together, as declared and as really inflated. */
  readonly maxUnpackedBytes: number
  readonly maxEntries: number
  /** Unpacked to packed, for entries above `ratioFreeBytes` unpacked. */
  readonly maxRatio: number
  readonly ratioFreeBytes: number
  readonly maxSheets: number
  /** Rows with a value, in one sheet. */
  readonly maxRows: number
  readonly maxColumns: number
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
  maxBlankRows: 1_000,
  maxSharedStrings: 5_000_000,
}
