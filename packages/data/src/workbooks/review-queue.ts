import { applyProfile, type ColumnProfile, isMappable, type SheetWarning } from '@atermtrack/domain'
import { sql } from 'kysely'
import { fullName } from '../people/names.ts'
import type { Db } from '../platform/client.ts'
import { neverBegun } from '../platform/job-starts.ts'
import type { WorkbookKind, WorkbookStatus } from '../schema.generated.ts'
import { acceptedStatuses } from './accepted.ts'

/** The workbooks that an admin may choose to see. */
export type ReviewFilter = 'waiting' | 'accepted' | 'rejected' | 'all'

const statusesOf: Readonly<Record<Exclude<ReviewFilter, 'all'>, readonly WorkbookStatus[]>> = {
  waiting: ['quarantined'],
  accepted: [...acceptedStatuses, 'duplicate'],
  rejected: ['refused'],
}
const newest = 30
/** Of what somebody looks for more is shown. */
const mostNarrowed = 200
/** The workbooks whose days and senders are offered. */
const examined = 500

/** Which of the workbooks of a filter somebody looks for. */
export interface Narrowing {
  readonly kind?: WorkbookKind | undefined
  /** Received from the first moment until before the second. */
  readonly received?: { readonly from: Date; readonly until: Date } | undefined
  /** The id of a workbook of the same sender. */
  readonly senderOf?: number | undefined
}

/** The newest 30 workbooks of a filter with what a list shows of them; 200 of those that are looked for. */
export async function list(db: Db, filter: ReviewFilter, narrowing: Narrowing = {}) {
  const { kind, received, senderOf } = narrowing
  const isNarrowed = kind !== undefined || received !== undefined || senderOf !== undefined
  let query = select(db, filter).select(['fileName', 'status', 'reason', 'reasonDetail', 'kind', 'rowCount'])
  if (kind !== undefined) query = query.where('kind', '=', kind)
  if (received) query = query.where('receivedAt', '>=', received.from).where('receivedAt', '<', received.until)
  if (senderOf !== undefined)
    query = query.where(
      sql<boolean>`sender is not distinct from (select sender from workbook as same where same.id = ${senderOf})`,
    )
  return query.limit(isNarrowed ? mostNarrowed : newest).execute()
}

/** The senders and times of the newest workbooks of a filter: what can be looked for. */
export async function listSenders(db: Db, filter: ReviewFilter) {
  return select(db, filter).limit(examined).execute()
}

function select(db: Db, filter: ReviewFilter) {
  return db
    .selectFrom('workbook')
    .select(['id', 'receivedAt', 'sender'])
    .$if(filter !== 'all', (query) => query.where('status', 'in', filter === 'all' ? [] : statusesOf[filter]))
    .orderBy('id', 'desc')
}

export type ReviewRow = Awaited<ReturnType<typeof list>>[number]

/** Everything that an admin sees of one workbook, or undefined. */
export async function find(db: Db, id: number) {
  const row = await db
    .selectFrom('workbook')
    .leftJoin('trainRoster', 'trainRoster.workbookId', 'workbook.id')
    .leftJoin('train', 'train.code', 'trainRoster.trainCode')
    .innerJoin('blob', 'blob.sha256', 'workbook.sha256')
    .select([
      'workbook.id',
      'origin',
      'sender',
      'subject',
      'fileName',
      'size',
      'workbook.sha256',
      'workbook.sentAt',
      'receivedAt',
      'status',
      'reason',
      'reasonDetail',
      'kind',
      'stamp',
      'zone',
      'rowCount',
      'skippedCount',
      'newContainers',
      'unknownColumns',
      'warnings',
      'head',
      'trainCode',
      'transshipmentStation',
      'undoClosedAt',
      'emptiedAt as originalGoneAt',
    ])
    .where('workbook.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  return { ...row, warnings: row.warnings as unknown as readonly SheetWarning[], head: toHead(row.head) }
}

export type ReviewedWorkbook = NonNullable<Awaited<ReturnType<typeof find>>>

function toHead(head: unknown): readonly (readonly string[])[] {
  return (head ?? []) as readonly (readonly string[])[]
}

/**
 * Accepts a quarantined workbook that waits for `reason`, and lifts the guard that holds it; false when it waits for another
 * reason or not at all.
 */
export async function accept(
  db: Db,
  id: number,
  { reason, override }: { readonly reason: string; readonly override: string | undefined },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workbook')
    .set({
      ...waiting,
      ...(override !== undefined && {
        overrides: sql<string[]>`array(select distinct unnest(array_append(overrides, ${override}::text)))`,
      }),
    })
    .where('id', '=', id)
    .where('status', '=', 'quarantined')
    .where('reason', '=', reason)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Refuses a quarantined workbook for good; false when it does not wait any more. */
export async function reject(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workbook')
    .set({ status: 'refused', reason: 'rejected', reasonDetail: null, finishedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', '=', 'quarantined')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Imports a workbook again whose rows are not in the data; false when they are, or when it is pending, unknown or without its file. */
export async function replay(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workbook')
    .set(waiting)
    .where('id', '=', id)
    .where('status', 'in', ['duplicate', 'held', 'quarantined', 'refused'])
    // The lock waits for a housekeeping that is about to let the file go.
    .where(
      sql<boolean>`exists (select 1 from blob
        where blob.sha256 = workbook.sha256 and emptied_at is null for key share)`,
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Imports every other workbook again that waits with the headings of a mapped layout; returns their ids. */
export async function replayLayout(db: Db, profile: ColumnProfile): Promise<readonly number[]> {
  const waits = await db
    .selectFrom('workbook')
    .select(['id', 'kind', 'reason', 'head'])
    .where('status', '=', 'quarantined')
    .where('head', 'is not', null)
    .execute()
  const ids = waits
    .filter(({ kind, reason, head }) => isMappable(reason ?? '', kind) && applyProfile(profile, toHead(head)))
    .map(({ id }) => id)
  const replayed: number[] = []
  for (const id of ids) if (await replay(db, id)) replayed.push(id)
  return replayed
}

/** Asks for an import to be undone; false when the workbook is not accepted, its undo was asked for before, or is closed. */
export async function requestUndo(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('workbook')
    .set({ reason: 'undo_requested', reasonDetail: null, enqueuedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', 'in', acceptedStatuses)
    // An archive holds nothing but other workbooks.
    .where('kind', 'is not', null)
    .where('undoClosedAt', 'is', null)
    .where('reason', 'is distinct from', 'undo_requested')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface Decision {
  /** Such as `workbook.accepted`. */
  readonly action: string
  /** Undefined for who decided on the command line. */
  readonly by: string | undefined
  readonly at: Date
}

/** The newest thing that somebody decided about a workbook. */
export async function findDecision(db: Db, id: number): Promise<Decision | undefined> {
  return (await listDecisions(db, id, 1))[0]
}

/** The newest decision about a workbook, and who made it. */
export async function listDecisions(db: Db, id: number, limit = 20): Promise<readonly Decision[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('person', 'person.id', 'audit.actorId')
    .select(['audit.action', 'audit.createdAt as at'])
    .select(fullName().as('by'))
    .where('object', '=', `workbook:${id}`)
    .orderBy('audit.id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, by: row.by ?? undefined }))
}

/** The person who asked for the import that has just ended; undefined when nobody did, or somebody on the command line. */
export async function findAsker(db: Db, id: number) {
  return db
    .selectFrom('audit')
    .innerJoin('person', 'person.id', 'audit.actorId')
    .select(['person.id as personId', 'person.telegramId as chatId'])
    .where('object', '=', `workbook:${id}`)
    .where('action', 'in', ['workbook.accepted', 'workbook.replayed', 'workbook.taught'])
    .orderBy('audit.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The newest file with the bytes of this one that an admin has rejected, or undefined. */
export async function findRejectedDuplicate(db: Db, id: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('workbook as duplicate')
    .innerJoin('workbook as own', 'own.sha256', 'duplicate.sha256')
    .select('duplicate.id')
    .where('own.id', '=', id)
    .where('duplicate.id', '!=', id)
    .where('duplicate.status', '=', 'refused')
    .where('duplicate.reason', '=', 'rejected')
    .orderBy('duplicate.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

const waiting = {
  status: 'pending',
  reason: null,
  reasonDetail: null,
  finishedAt: null,
  ...neverBegun,
  enqueuedAt: sql<Date>`now()`,
} as const
