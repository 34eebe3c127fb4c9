import { createHash } from 'node:crypto'
import type { Db, mailbox as mailboxes } from '@atermtrack/data'

export interface TakeDependencies {
  readonly db: Db
  /** Name of the mailbox in the tables: account, host and folder. */
  readonly name: string
  /** What this process is called in the record of messages that are being taken; another one each time it starts. */
  readonly startedBy: string
  /** Called for each stored workbook after its commit. */
  readonly onWorkbook: (workbookId: number) => Promise<void>
  /** Called for each message to the admins after its commit. */
  readonly onNotice: (deliveryId: number) => Promise<void>
  /** Persons and groups that hear of mail which was not taken. */
  readonly adminChatIds: readonly number[]
  /** The name by which the mail server signs its Authentication-Results; without it nobody's proof is asked for. */
  readonly authservId?: string | undefined
  readonly now: () => Date
  readonly maxMessageBytes: number
  readonly maxAttachments: number
}

/** A refused message that is tried again. */
export interface Retry {
  readonly id: number
  /** Somebody asked for it: they hear how this try ends. */
  readonly isRequested: boolean
  /** Somebody asked for it, or was told that it failed: they hear how it ends for good. */
  readonly isAwaited: boolean
  /** How often it has failed. */
  readonly tries: number
}

/** A message on its way. */
export type Message = Omit<mailboxes.SeenMessage, 'status' | 'reason'> & { readonly retryOf?: Retry }

/** By which the bytes of a message are known. */
export function hashOf(raw: Uint8Array): Uint8Array {
  return createHash('sha256').update(raw).digest()
}
