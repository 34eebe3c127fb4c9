import type { BroadcastAudience } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { everybody, toStoredAudience } from './broadcast-audience.ts'
import type { BroadcastContent } from './broadcast-content.ts'

/** As many as one call of the Bot API sends. */
export const mostAlbumParts = 10

/** Further parts of an album that come within so many seconds are in the same preview. */
const albumSeconds = 2

export interface NewDraft {
  readonly authorId: number
  readonly chatId: number
  /** Telegram HTML: the text or the caption. */
  readonly text: string
  readonly content: BroadcastContent
  readonly audience?: BroadcastAudience | undefined
  /** The album whose first part it is. */
  readonly mediaGroupId?: string | undefined
  /** The draft whose audience, time and sound it takes over. */
  readonly replacesId?: number | undefined
  readonly updateId: number
}

/** Keeps a draft. A repeated update gets the row that it made the first time. */
export async function insertDraft(
  db: Db,
  { content, audience = everybody, replacesId, ...draft }: NewDraft,
): Promise<{ readonly id: number }> {
  const replaced =
    replacesId === undefined
      ? undefined
      : await db
          .updateTable('broadcast')
          .set({ status: 'cancelled', finishedAt: sql<Date>`now()`, previewDueAt: null })
          .where('id', '=', replacesId)
          .where('authorId', '=', draft.authorId)
          .where('status', '=', 'draft')
          .returning(['audience', 'sendAt', 'isSilent'])
          .executeTakeFirst()
  return db
    .insertInto('broadcast')
    .values({
      ...draft,
      content: JSON.stringify(content),
      audience: toStoredAudience(audience),
      ...(replaced && { ...replaced, audience: replaced.audience === null ? null : JSON.stringify(replaced.audience) }),
      previewDueAt: draft.mediaGroupId === undefined ? null : previewDue,
    })
    .onConflict((conflict) =>
      conflict.column('updateId').doUpdateSet((eb) => ({ updateId: eb.ref('excluded.updateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}

const previewDue = sql<Date>`now() + make_interval(secs => ${sql.lit(albumSeconds)})`

/**
 * Adds parts to the draft of an album, with the caption if the draft has none yet; false when it is another album, no draft any more, or full.
 */
export async function addToAlbum(
  db: Db,
  { id, mediaGroupId }: { readonly id: number; readonly mediaGroupId: string },
  { content, text }: Pick<NewDraft, 'content' | 'text'>,
): Promise<boolean> {
  const media = JSON.stringify(content.payload['media'])
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({
      content: sql`jsonb_set(content, '{payload,media}', (content #> '{payload,media}') || ${media}::jsonb)`,
      text: sql<string>`case when text = '' then ${text} else text end`,
      revision: sql<number>`revision + 1`,
      previewDueAt: previewDue,
      enqueuedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('mediaGroupId', '=', mediaGroupId)
    .where('status', '=', 'draft')
    .where(sql<boolean>`jsonb_array_length(content #> '{payload,media}') < ${mostAlbumParts}`)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Records that the preview of a revision is shown; false when another part has come meanwhile. */
export async function endPreview(db: Db, id: number, { revision }: { readonly revision: number }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({ previewDueAt: null })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('previewDueAt', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface DraftChange {
  readonly audience?: BroadcastAudience
  /** Undefined in the change leaves the time; null is at once. */
  readonly sendAt?: Date | null
  readonly isSilent?: boolean
}

/** Changes the choices about a draft, which begins a new revision; false when it is no draft any more. */
export async function changeDraft(db: Db, id: number, { audience, ...change }: DraftChange): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({
      ...change,
      ...(audience && { audience: toStoredAudience(audience) }),
      revision: sql<number>`revision + 1`,
    })
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/**
 * Takes a draft out of the table, so that it is sent or dropped once; false when it is another person's, no draft any more, or has changed since
 * the revision, if one is given.
 */
export async function takeDraft(
  db: Db,
  id: number,
  { authorId, chatId, revision }: Pick<NewDraft, 'authorId' | 'chatId'> & { readonly revision?: number | undefined },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('broadcast')
    .where('id', '=', id)
    .where('authorId', '=', authorId)
    .where('chatId', '=', chatId)
    .where('status', '=', 'draft')
    .where((eb) => (revision === undefined ? eb.lit(true) : eb('revision', '=', revision)))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Confirms one revision of a draft, which then waits for its time; false when the draft has changed, or is none any more. */
export async function confirm(db: Db, id: number, { revision }: { readonly revision: number }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({
      status: 'scheduled',
      previewDueAt: null,
      confirmedAt: sql<Date>`now()`,
      enqueuedAt: sql<Date>`now()`,
    })
    .where('id', '=', id)
    .where('status', '=', 'draft')
    .where('revision', '=', revision)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
