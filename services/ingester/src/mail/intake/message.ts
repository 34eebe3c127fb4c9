import { createHash } from 'node:crypto'
import type { mailbox as mailboxes, StrangerQuota } from '@atermtrack/data'
import type { Outbox } from '@atermtrack/outbox'
import type { SenderPolicy } from '../judge-sender.ts'

export interface IntakeDependencies extends SenderPolicy, Outbox {
  /** Name of the mailbox in the tables: account, host and folder. */
  readonly name: string
  /** Name of this process in the record of messages in progress; another one each time it starts. */
  readonly startedBy: string
  /** Persons and groups that are notified about mail which was not accepted. */
  readonly adminChatIds: readonly number[]
  /** Limits for the files of unknown senders. */
  readonly strangerQuota: StrangerQuota
  readonly now: () => Date
  readonly maxMessageBytes: number
  readonly maxAttachments: number
}

/** A refused message that is tried again. */
export interface Retry {
  readonly id: number
  /** Somebody asked for it: they are notified about the end of this try. */
  readonly isRequested: boolean
  /** Somebody asked for it, or was notified about its failure: they are notified about its final end. */
  readonly isAwaited: boolean
  /** Number of failed tries. */
  readonly tries: number
}

/** A message in progress. */
export type Message = Omit<mailboxes.SeenMessage, 'status' | 'reason'> & { readonly retryOf?: Retry }

/** The key of the bytes of a message. */
export function hashOf(raw: Uint8Array): Uint8Array {
  return createHash('sha256').update(raw).digest()
}

/** Whether a message counts against the quota of strangers: a message that a person asks for is accepted whatever its size. */
export function isLimited(message: Message, isStranger: boolean): boolean {
  return isStranger && !message.retryOf?.isRequested
}
