import type { WallTime } from '../values/wall-time.ts'

/** A cell that the workbook itself formats as a date: the wall time Excel shows. */
export interface DateCell {
  readonly kind: 'date'
  readonly wall: WallTime
}

/** `#N/A`, `#REF!` and their kin. */
export interface ErrorCell {
  readonly kind: 'error'
  readonly code: string
}

/** One cell of a sheet; `undefined` is a blank one. */
export type Cell = string | number | boolean | DateCell | ErrorCell | undefined
