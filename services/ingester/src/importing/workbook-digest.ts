import type { MappedLayout } from '@atermtrack/data'
import type { RosterEntry, SheetWarning } from '@atermtrack/domain'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import type { UnreadableReason } from '@atermtrack/workbook-reader'

/** The data that the reading of a workbook needs beside its bytes. */
export interface DigestRequest {
  readonly fileName: string
  /** Nothing in it can have happened after this. */
  readonly receivedAt: Date
  /** Zone of the wall times in a dislocation report. */
  readonly sourceZone: string
  /** Zone of the wall times in a terminal report. */
  readonly terminalZone: string
  /** The person who brought it calls it the list of a train. */
  readonly isRoster: boolean
  /** Column mappings that admins have defined. */
  readonly profiles: readonly MappedLayout[]
  readonly limits: ReadingSettings
}

/** Accepts lines of a dislocation report, as `encodeDislocationRow` makes them, in chunks of any size. */
export type AcceptLines = (lines: Uint8Array) => void

/** The first rows of the sheet that counts, as texts. */
export type SheetHeadTexts = readonly (readonly string[])[]

/**
 * The result of reading a workbook, beside the lines of a dislocation report, which go out before; it crosses from the
 * reading process, so it is plain data.
 */
export type WorkbookDigest =
  | DislocationDigest
  | TerminalDigest
  | RosterDigest
  | ArchiveDigest
  | UnknownDigest
  | UnreadableDigest

interface ReadRows {
  /** When the source formed the report, by its titles or its name. */
  readonly stamp: Date | undefined
  /** The number in the title of the report; empty when there is none. */
  readonly reportNumber: string
  /** Headings of required columns that are not there; then there are no rows. */
  readonly missing: readonly string[]
  readonly unknownColumns: readonly string[]
  /** Whether any row names a consignor, a consignee or a client. */
  readonly namesParties: boolean
  readonly rowCount: number
  readonly skippedCount: number
  /** Those of the skipped rows that report the future. */
  readonly futureCount: number
  readonly warnings: readonly SheetWarning[]
  /** Hash of the stamp and the rows as they were understood: the same for a copy saved again. */
  readonly contentHash: Uint8Array
}

/** The result of the reader of one kind. */
export type SheetsDigest = DislocationRows | TerminalRows | RosterRows

interface WithHead {
  readonly head: SheetHeadTexts
}

export type DislocationDigest = DislocationRows & WithHead
export type TerminalDigest = TerminalRows & WithHead
export type RosterDigest = RosterRows & WithHead

export interface DislocationRows extends ReadRows {
  readonly kind: 'dislocation'
  /** The name of the sheet that was read. */
  readonly sheet: string
  /** The column mapping that it was read by. */
  readonly profileId: number | undefined
  /** Distinct, in the order of the rows. */
  readonly containers: readonly string[]
}

export interface TerminalRows extends ReadRows {
  readonly kind: 'terminal_report'
  readonly containers: readonly string[]
  /** Lines for the import, as `encodeTerminalVisit` makes them. */
  readonly chunks: readonly Uint8Array[]
}

export interface RosterRows extends ReadRows {
  readonly kind: 'train_roster'
  /** The name of the sheet that was read. */
  readonly sheet: string
  /** Undefined when neither the name nor the titles name one train. */
  readonly trainCode: string | undefined
  readonly destination: string | undefined
  readonly entries: readonly RosterEntry[]
}

/** A zip that holds files which may be workbooks. */
export interface ArchiveDigest {
  readonly kind: 'archive'
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[]
}

export interface UnknownDigest extends WithHead {
  readonly kind: 'unknown'
  /** Some sheet has a column of container numbers. */
  readonly hasNumbers: boolean
  /** The first rows as text, for an admin to look at. */
  readonly preview: readonly string[]
}

export interface UnreadableDigest {
  readonly kind: 'unreadable'
  readonly reason: UnreadableReason | 'reader_died' | 'too_slow'
  readonly detail: string
}
