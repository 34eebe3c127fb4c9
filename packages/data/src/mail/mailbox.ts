import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as storedFiles from '../platform/stored-files.ts'
import { storedTimes } from './receipt-times.ts'
import type { MessageStatus } from '../schema.generated.ts'

export interface MailboxCursor {
  readonly uidValidity: number
  readonly lastUid: number
}

/** Where the reading of a mailbox stopped; undefined before the first reading. */
export async function findCursor(
  db: Db,
  mailbox: string,
): Promise<(MailboxCursor & { readonly polledAt: Date | null }) | undefined> {
  return db
    .selectFrom('mailboxCursor')
    .select(['uidValidity', 'lastUid', 'polledAt'])
    .where('mailbox', '=', mailbox)
    .executeTakeFirst()
}

/** Moves the cursor on; within one UIDVALIDITY it never moves back, even for a late caller. */
export async function moveCursor(db: Db, mailbox: string, { uidValidity, lastUid }: MailboxCursor): Promise<void> {
  await db
    .insertInto('mailboxCursor')
    .values({ mailbox, uidValidity, lastUid })
    .onConflict((conflict) =>
      conflict.column('mailbox').doUpdateSet({
        uidValidity,
        lastUid: sql<number>`case when mailbox_cursor.uid_validity = excluded.uid_validity
          then greatest(mailbox_cursor.last_uid, excluded.last_uid) else excluded.last_uid end`,
        updatedAt: sql<Date>`now()`,
      }),
    )
    .execute()
}

/** Records that the mailbox was read to its end. */
export async function recordPoll(db: Db, mailbox: string): Promise<void> {
  await db
    .updateTable('mailboxCursor')
    .set({ polledAt: sql<Date>`now()` })
    .where('mailbox', '=', mailbox)
    .execute()
}

export interface SeenMessage {
  readonly mailbox: string
  readonly uidValidity: number
  readonly uid: number
  readonly rawSha256?: Uint8Array | undefined
  readonly sender?: string | undefined
  readonly subject?: string | undefined
  /** As the sender claims it. */
  readonly sentAt?: Date | undefined
  readonly receivedAt: Date
  /** In bytes, as far as it is known. */
  readonly size?: number | undefined
  /** The content, where it was not stored. */
  readonly attachments?: readonly AttachmentFacts[] | undefined
  readonly status: MessageStatus
  readonly reason?: string | undefined
}

/** The known facts about a file that is not stored. */
export interface AttachmentFacts {
  readonly fileName: string
  /** In bytes. */
  readonly size: number
  /** As hex. */
  readonly sha256: string
}

/** Claims a message by recording it; undefined when it was recorded before, and then it is not to be accepted again. */
export async function insertMessage(tx: Db, message: SeenMessage): Promise<number | undefined> {
  const row = await tx
    .insertInto('mailMessage')
    .values({
      ...message,
      ...storedTimes(message),
      rawSha256: message.rawSha256 ? Buffer.from(message.rawSha256) : null,
      attachments: message.attachments ? JSON.stringify(message.attachments) : null,
    })
    .onConflict((conflict) => conflict.columns(['mailbox', 'uidValidity', 'uid']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export interface MessageKey {
  readonly mailbox: string
  readonly uidValidity: number
  readonly uid: number
}

export interface Taking {
  /** Processes that began to accept the message and did not finish, this one included. */
  readonly starts: number
  /** Times that its download broke off. */
  readonly cuts: number
}

/** Records that a process, by a name of its own, begins to accept a message. Its own start before this one does not count again. */
export async function beginTaking(
  db: Db,
  { mailbox, uidValidity, uid }: MessageKey,
  startedBy: string,
): Promise<Taking> {
  return db
    .insertInto('mailTaking')
    .values({ mailbox, uidValidity, uid, startedBy })
    .onConflict((conflict) =>
      conflict.columns(['mailbox', 'uidValidity', 'uid']).doUpdateSet({
        starts: sql<number>`mail_taking.starts + (mail_taking.started_by is distinct from excluded.started_by)::int`,
        startedBy: sql<string>`excluded.started_by`,
        startedAt: sql<Date>`now()`,
      }),
    )
    .returning(['starts', 'cuts'])
    .executeTakeFirstOrThrow()
}

/** Deletes a start: the process lives, but the message has no verdict yet. Deaths and cuts before it stay counted. */
export async function release(
  db: Db,
  { mailbox, uidValidity, uid }: MessageKey,
  { startedBy, isCut }: { readonly startedBy: string; readonly isCut: boolean },
): Promise<void> {
  await db
    .updateTable('mailTaking')
    .set((eb) => ({ starts: eb('starts', '-', 1), cuts: eb('cuts', '+', Number(isCut)), startedBy: null }))
    .where('mailbox', '=', mailbox)
    .where('uidValidity', '=', uidValidity)
    .where('uid', '=', uid)
    .where('startedBy', '=', startedBy)
    .execute()
}

/** Forgets the starts of a message that has a verdict. */
export async function endTaking(db: Db, { mailbox, uidValidity, uid }: MessageKey): Promise<void> {
  await db
    .deleteFrom('mailTaking')
    .where('mailbox', '=', mailbox)
    .where('uidValidity', '=', uidValidity)
    .where('uid', '=', uid)
    .execute()
}

/** True when a message with these very bytes was stored under another UIDVALIDITY or UID: a resync, not a new message. */
export async function wasStored(db: Db, mailbox: string, rawSha256: Uint8Array): Promise<boolean> {
  const row = await db
    .selectFrom('mailMessage')
    .select('id')
    .where('mailbox', '=', mailbox)
    .where('rawSha256', '=', Buffer.from(rawSha256))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Stores the raw bytes of a message that could not be parsed, for a later release that can. */
export async function insertRaw(db: Db, sha256: Uint8Array, content: Uint8Array): Promise<void> {
  await storedFiles.store(db, { sha256, content })
}
