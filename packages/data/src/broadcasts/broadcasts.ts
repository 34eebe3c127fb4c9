import type { BroadcastAudience } from '@atermtrack/domain'
import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { languageColumns, languageOf } from '../people/person-language.ts'
import type { Broadcast as BroadcastTable, BroadcastStatus, DB } from '../schema.generated.ts'
import { isBroadcast, toAudience } from './broadcast-audience.ts'
import { type BroadcastContent, toContent } from './broadcast-content.ts'
import type { Selectable } from 'kysely'

export {
  countAudience,
  countAudiences,
  everybody,
  findSubscribed,
  listSubscribed,
  type SubscribedText,
} from './broadcast-audience.ts'
export type { BroadcastContent } from './broadcast-content.ts'
export {
  addToAlbum,
  changeDraft,
  confirm,
  endPreview,
  insertDraft,
  type NewDraft,
  mostAlbumParts,
  takeDraft,
} from './broadcast-drafts.ts'
export {
  type BroadcastCounts,
  cancel,
  claimNext,
  count,
  expandStep,
  type Expansion,
  resendFailed,
  resendUnknown,
} from './broadcast-sending.ts'
export {
  beginRecall,
  claimRecalls,
  countRecalls,
  endRecall,
  findRecall,
  recordRecall,
  type RecallCounts,
  type RecalledMessage,
  recallHours,
} from './broadcast-recalls.ts'
export { insertUnreached, listUnreached, type Unreached } from './unreached.ts'

export interface Broadcast {
  readonly id: number
  readonly authorId: number
  /** The author's. */
  readonly language: string
  /** The author's; undefined where they have chosen none. */
  readonly zone: string | undefined
  /** The chat in which it was composed, and in which progress is shown. */
  readonly chatId: number
  /** Telegram HTML: the text or the caption; may be empty. */
  readonly text: string
  /** Undefined for a broadcast of an earlier release, which is its text. */
  readonly content: BroadcastContent | undefined
  readonly audience: BroadcastAudience
  /** Undefined: at once. */
  readonly sendAt: Date | undefined
  readonly isSilent: boolean
  readonly revision: number
  readonly status: BroadcastStatus
  /** How many deliveries are written. */
  readonly recipients: number | undefined
  readonly previewDueAt: Date | undefined
  readonly progressMessageId: number | undefined
  readonly progressText: string | undefined
  readonly createdAt: Date
  /** When it ended, the first of its messages having left at most some time before. */
  readonly finishedAt: Date | undefined
  readonly recalledAt: Date | undefined
  readonly recallEndedAt: Date | undefined
  /** How often it went on after it was over. */
  readonly round: number
}

const columns = [
  'broadcast.id',
  'broadcast.authorId',
  'broadcast.chatId',
  'broadcast.text',
  'broadcast.content',
  'broadcast.audience',
  'broadcast.sendAt',
  'broadcast.isSilent',
  'broadcast.revision',
  'broadcast.status',
  'broadcast.recipients',
  'broadcast.previewDueAt',
  'broadcast.progressMessageId',
  'broadcast.progressText',
  'broadcast.createdAt',
  'broadcast.finishedAt',
  'broadcast.recalledAt',
  'broadcast.recallEndedAt',
  'broadcast.round',
] as const

type Named = (typeof columns)[number] extends `broadcast.${infer Name}` ? Name : never
type Row = Pick<Selectable<BroadcastTable>, Named & keyof BroadcastTable> & {
  readonly language: string
  readonly chosenLanguage: string | null
  readonly zone: string | null
}

export async function find(db: Db, id: number): Promise<Broadcast | undefined> {
  const row = await selected(db).where('broadcast.id', '=', id).executeTakeFirst()
  return row && toBroadcast(row)
}

/** The newest broadcasts of all admins, with their number; of drafts, those of the given author alone. */
export async function listRecent(
  db: Db,
  { authorId, offset, limit }: { readonly authorId: number; readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly Broadcast[]; readonly total: number }> {
  const isShown = sql<boolean>`(broadcast.confirmed_at is not null
    or broadcast.status = 'draft' and broadcast.author_id = ${authorId} and ${isBroadcast})`
  const rows = await selected(db).where(isShown).orderBy('broadcast.id', 'desc').limit(limit).offset(offset).execute()
  const { n } = await db
    .selectFrom('broadcast')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where(isShown)
    .executeTakeFirstOrThrow()
  return { rows: rows.map(toBroadcast), total: n }
}

function selected(db: Db) {
  return db
    .selectFrom('broadcast')
    .innerJoin('person', 'person.id', 'broadcast.authorId')
    .select(columns)
    .select([...languageColumns, 'person.zone']) satisfies SelectQueryBuilder<DB, 'broadcast' | 'person', Row>
}

function toBroadcast({ chosenLanguage, ...row }: Row): Broadcast {
  return {
    ...row,
    language: languageOf({ language: row.language, chosenLanguage }),
    zone: row.zone ?? undefined,
    content: toContent(row.content),
    audience: toAudience(row.audience),
    sendAt: row.sendAt ?? undefined,
    recipients: row.recipients ?? undefined,
    previewDueAt: row.previewDueAt ?? undefined,
    progressMessageId: row.progressMessageId ?? undefined,
    progressText: row.progressText ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
    recalledAt: row.recalledAt ?? undefined,
    recallEndedAt: row.recallEndedAt ?? undefined,
  }
}

/**
 * Moves a broadcast from one state to another; false when it is in none of the states `from`, such as after a second press of
 * the same button.
 */
export async function move(
  db: Db,
  id: number,
  { from, to }: { readonly from: readonly BroadcastStatus[]; readonly to: BroadcastStatus },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('broadcast')
    .set({ status: to, ...((to === 'done' || to === 'cancelled') && { finishedAt: sql<Date>`now()` }) })
    .where('id', '=', id)
    .where('status', 'in', [...from])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The message that shows progress, and the text it showed last. */
export async function setProgress(
  db: Db,
  id: number,
  progress: { readonly progressMessageId?: number; readonly progressText?: string },
): Promise<void> {
  await db.updateTable('broadcast').set(progress).where('id', '=', id).execute()
}
