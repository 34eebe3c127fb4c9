import { toStorableText } from './storable-text.ts'

/** Reasons why a file cannot be read as a workbook; their texts are elsewhere. */
export type UnreadableReason =
  | 'empty'
  | 'too_big'
  | 'not_a_workbook'
  | 'archive_unsupported'
  | 'encrypted'
  | 'truncated'
  | 'damaged'
  | 'bomb'
  | 'too_many_sheets'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'too_many_cells'
  | 'cell_too_long'

const LONGEST_DETAIL = 500

/** The file itself is at fault: reading it again gives the same answer. `detail` is for logs and admins. */
export class UnreadableWorkbook extends Error {
  readonly reason: UnreadableReason
  readonly detail: string

  constructor(reason: UnreadableReason, detail: string, options?: ErrorOptions) {
    super(`${reason}: ${detail}`, options)
    this.name = 'UnreadableWorkbook'
    this.reason = reason
    // Names out of the file may be in it.
    this.detail = toStorableText(detail).slice(0, LONGEST_DETAIL)
  }
}
