import { createHash } from 'node:crypto'
import type { mailbox as mailboxes, StrangerQuota } from '@atermtrack/data'
import type { Outbox } from '@atermtrack/outbox'
import type { SenderPolicy } from '../judge-sender.ts'

export interface IntakeDependencies extends SenderPolicy, Outbox {
  /** Name of the mailbox in the tables: account, host and folder. */
  readonly name: string
  /** What this process is called in the record of messages that are being taken; another one each time it starts. */
  readonly startedBy: string
  /** Persons and groups that hear of mail which was not taken. */
  readonly adminChatIds: readonly number[]
  /** How much is stored of senders that nobody knows. */
  readonly strangerQuota: StrangerQuota
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

/** Whether a message counts against the quota of strangers: a person who asks for one takes it whatever its size. */
export function isLimited(message: Message, isStranger: boolean): boolean {
  return isStranger && !message.retryOf?.isRequested
}
