import type { RecentFile, workbooks, WorkbookVerdict } from '@atermtrack/data'
import type { NoticeParams } from '@atermtrack/messages'
import type { FilePatterns, TrustedSenders } from './trusted-senders.ts'
import type { DislocationDigest, RosterDigest, TerminalDigest } from './workbook-digest.ts'

/** A workbook whose import has begun. */
export type PendingWorkbook = NonNullable<Awaited<ReturnType<typeof workbooks.beginAttempt>>> & {
  /** The time at which the file counts as received. */
  readonly arrivedAt: Date
}

export interface ContainedFile {
  readonly name: string
  readonly content: Uint8Array
}

/** The result of examining a workbook, before anything is written. */
export type Outcome =
  | DislocationDigest
  | TerminalDigest
  | RosterDigest
  /** The import changes nothing but the row of the workbook. */
  | { readonly kind: 'verdict'; readonly verdict: WorkbookVerdict }
  | { readonly kind: 'same_bytes'; readonly originalId: number }
  /** Its parts hold the same bytes as those of an accepted report. */
  | { readonly kind: 'same_parts'; readonly original: RecentFile }
  /** An archive or a saved message: each file in it becomes an arrival of its own. */
  | {
      readonly kind: 'files'
      readonly files: readonly ContainedFile[]
      readonly reason: 'unpacked' | 'message_opened'
    }
  /** No report, but it holds container numbers. */
  | { readonly kind: 'numbers'; readonly verdict: WorkbookVerdict }

/** The person or group that sent a workbook by hand. */
export interface Sender {
  readonly chatId: number
  /** Undefined for somebody who was erased since. */
  readonly personId: number | undefined
  readonly isAdmin: boolean
}

/** The end of an import, and the facts that its notices need beside the verdict. */
export interface Completion {
  readonly verdict: WorkbookVerdict
  /** Writes the content of a workbook whose verdict is recorded already. */
  readonly storeAccepted?: () => Promise<void>
  /** The train of a roster. */
  readonly trainCode?: string
  /** The statuses of its containers are ordered for this sender, and nobody else is notified. */
  readonly givenBackTo?: Sender
  /** Doubts about an accepted report, for the admins. */
  readonly doubts?: Pick<NoticeParams<'import_doubtful'>, 'futureCount' | 'ahead'>
}

/** The settings that decide how an import ends and who is notified. */
export interface ImportSettings {
  readonly sourceZone: string
  readonly terminalZone: string
  /** Persons and groups that are notified about workbooks which wait for a decision. */
  readonly adminChatIds: readonly number[]
  readonly senders: TrustedSenders
  readonly filePatterns: FilePatterns
}

/** The part of the reading that a verdict keeps, whichever way the import ends. */
export function verdictOfReading(digest: DislocationDigest | TerminalDigest | RosterDigest) {
  const { kind, contentHash, rowCount, skippedCount, warnings, unknownColumns, head } = digest
  const sheet = 'sheet' in digest ? { sheet: digest.sheet } : {}
  return { kind, contentHash, rowCount, skippedCount, warnings, unknownColumns, head, ...sheet }
}
