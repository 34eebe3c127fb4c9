import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { WorkbookKind } from '../schema.generated.ts'
import { listWoken } from './event-states.ts'
import { isAccepted } from '../workbooks/accepted.ts'
import { refreshPresence } from './presence-changes.ts'

/** A workbook whose events are due. */
export interface DueWorkbook {
  readonly id: number
  readonly kind: WorkbookKind | null
  readonly sourceId: number | null
  readonly stamp: Date | null
  /** False after an undo. */
  readonly isAccepted: boolean
  /** When the mark was set, as PostgreSQL writes it: a date would lose its microseconds. */
  readonly dueAt: string
}

/** Keeps other detections out for the rest of the transaction: they would store the same events. */
export async function lockDetection(tx: Db): Promise<void> {
  await sql`set local lock_timeout = '120s'`.execute(tx)
  await sql`set local statement_timeout = '300s'`.execute(tx)
  await sql`set local work_mem = '64MB'`.execute(tx)
  await sql`set local random_page_cost = 1.1`.execute(tx)
  // Each batch finds its rows by their containers. A large import leaves figures from before it, by which all rows would seem as cheap.
  await sql`set local enable_seqscan = off`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended('detect-events', 0))`.execute(tx)
}

/**
 * Finds a workbook whose events are due, after `lockDetection`; undefined when another job has dealt with it. The row is not locked: an
 * import that finds a repeat of this workbook writes to it meanwhile.
 */
export async function findDue(tx: Db, workbookId: number): Promise<DueWorkbook | undefined> {
  return tx
    .selectFrom('workbook')
    .select(['id', 'kind', 'sourceId', 'stamp'])
    .select(isAccepted().$castTo<boolean>().as('isAccepted'))
    .where('id', '=', workbookId)
    .select(sql<string>`events_due_at::text`.as('dueAt'))
    .where('eventsDueAt', 'is not', null)
    .executeTakeFirst()
}

/** Has the events of the containers of a workbook detected, since it was imported or undone. The caller enqueues `detect-events`. */
export async function requestDetection(tx: Db, workbookId: number): Promise<void> {
  await tx
    .updateTable('workbook')
    .set({ eventsDueAt: sql<Date>`now()` })
    .where('id', '=', workbookId)
    .execute()
}

/**
 * Ends a detection. With something to tell, the alerts of the workbook are due. Returns whether the mark was set again meanwhile: then
 * it stays.
 */
export async function completeDetection(
  tx: Db,
  { id, dueAt }: Pick<DueWorkbook, 'id' | 'dueAt'>,
  { hasAlerts }: { readonly hasAlerts: boolean },
): Promise<boolean> {
  const eventsDueAt = sql<Date | null>`nullif(events_due_at, ${dueAt}::timestamptz)`
  const row = await tx
    .updateTable('workbook')
    .set({ eventsDueAt, ...(hasAlerts && { alertsDueAt: sql<Date>`now()` }) })
    .where('id', '=', id)
    .returning('eventsDueAt')
    .executeTakeFirst()
  return row !== undefined && row.eventsDueAt !== null
}

/**
 * The containers whose events a workbook may have changed, in their order. Of a report these are the ones with a new operation, with
 * other facts of the trip, with a moment that has come by its stamp, and those that its source has lost or found again. Of one that is
 * undone or older than another of its source all that it held, since it says at which stamps nothing had changed yet; and of a terminal's.
 */
export async function listExamined(tx: Db, workbook: DueWorkbook): Promise<readonly string[]> {
  const { id, kind, sourceId, stamp } = workbook
  if (kind === 'terminal_report') return listAll(tx, id)
  const isReport = kind === 'dislocation' && sourceId !== null && stamp !== null
  if (!isReport) return []
  const changed = await refreshPresence(tx, { sourceId, stamp })
  const isLast = workbook.isAccepted && (await isNewest(tx, { sourceId, stamp }))
  const held = await listAll(tx, id)
  const moved = await listMoved(tx, id)
  const others = isLast ? await listOthers(tx, held, moved) : held
  return [...new Set([...others, ...moved, ...changed])].toSorted()
}

async function isNewest(
  tx: Db,
  { sourceId, stamp }: { readonly sourceId: number; readonly stamp: Date },
): Promise<boolean> {
  const newer = await tx
    .selectFrom('workbook')
    .select('id')
    .where('sourceId', '=', sourceId)
    .where(isAccepted().$castTo<boolean>())
    .where('stamp', '>', stamp)
    .limit(1)
    .executeTakeFirst()
  return newer === undefined
}

/** Without those that have moved, which are examined anyway. */
async function listOthers(tx: Db, held: readonly string[], moved: readonly string[]): Promise<readonly string[]> {
  const known = new Set(moved)
  return listWoken(
    tx,
    held.filter((container) => !known.has(container)),
  )
}

async function listMoved(tx: Db, workbookId: number): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('movement')
    .select('container')
    .distinct()
    .where('workbookId', '=', workbookId)
    .execute()
  return rows.map(({ container }) => container)
}

async function listAll(tx: Db, workbookId: number): Promise<readonly string[]> {
  const row = await tx.selectFrom('workbook').select('containers').where('id', '=', workbookId).executeTakeFirst()
  return row?.containers ?? []
}
