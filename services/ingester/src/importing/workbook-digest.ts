import type { RowWarning } from '@atermtrack/domain'
import type { UnreadableReason } from '../workbook-reader/unreadable-workbook.ts'

/** What a workbook needs to be understood, beside its bytes. */
export interface DigestRequest {
  readonly fileName: string
  /** Zone of the wall times in a dislocation report. */
  readonly zone: string
}

/** What the reading of a workbook brought; it crosses from the reading thread, so it is plain data. */
export type WorkbookDigest = DislocationDigest | HeldDigest | UnknownDigest | UnreadableDigest

export interface DislocationDigest {
  readonly kind: 'dislocation'
  /** When the source formed the report, by its titles or its name. */
  readonly stamp: Date | undefined
  /** Headings of required columns that are not there; then there are no rows. */
  readonly missing: readonly string[]
  readonly unknownColumns: readonly string[]
  readonly rowCount: number
  readonly containerCount: number
  readonly skippedCount: number
  readonly warnings: readonly RowWarning[]
  /** Hash of the stamp and the rows as they were understood: the same for a copy saved anew. */
  readonly contentHash: Uint8Array
  /** Lines for the import, as `encodeDislocationRow` makes them. */
  readonly chunks: readonly Uint8Array[]
}

/** A kind that is recognised and kept. */
export interface HeldDigest {
  readonly kind: 'terminal_report' | 'train_roster'
  readonly rowCount: number
  readonly contentHash: Uint8Array
}

export interface UnknownDigest {
  readonly kind: 'unknown'
  /** The first rows as text, for an admin to look at. */
  readonly preview: readonly string[]
}

export interface UnreadableDigest {
  readonly kind: 'unreadable'
  readonly reason: UnreadableReason | 'reader_died' | 'too_slow'
  readonly detail: string
}
