import { type ExportKind, isExportKind, type StatisticsPeriod, statisticsPeriods } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { insertOnce } from '../reports/insert-once.ts'
import type { ExportAsk } from './export-rows.ts'

export { hold } from '../reports/hold-report.ts'

/** Asks for an export. A repeated update gets the row that it made the first time. */
export async function insertAsked(
  db: Db,
  { kind, period, zone, ...ask }: ExportAsk & Asking & { readonly updateId: number; readonly name: string },
): Promise<{ readonly id: number }> {
  return insertOnce(db, {
    ...ask,
    kind: 'export',
    exportKind: kind,
    exportFrom: period.from ?? null,
    exportUntil: period.until ?? null,
    exportZone: zone,
  })
}

interface Asking {
  readonly personId: number
  readonly chatId: number
}

/** Asks for a picture of statistics. A repeated update gets the row that it made the first time. */
export async function insertStatistics(
  db: Db,
  {
    period,
    zone,
    ...ask
  }: Asking & {
    readonly updateId: number
    readonly period: StatisticsPeriod
    readonly zone: string
    readonly name: string
  },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'statistics', exportKind: period, exportZone: zone })
}

/** The period of a picture that waits; undefined for one that this release does not know. */
export async function findStatisticsPeriod(db: Db, id: number): Promise<StatisticsPeriod | undefined> {
  const row = await db.selectFrom('report').select('exportKind').where('id', '=', id).executeTakeFirst()
  return statisticsPeriods.find((period) => period === row?.exportKind)
}

/** Asks for everything that is stored about a person. A repeated update gets the row that it made the first time. */
export async function insertPersonalData(
  db: Db,
  { zone, ...ask }: Asking & { readonly updateId: number; readonly zone: string },
): Promise<{ readonly id: number }> {
  return insertOnce(db, { ...ask, kind: 'personal_data', exportZone: zone })
}

/** Whether somebody has asked for a file of their data within so many minutes. */
export async function hasPersonalData(
  db: Db,
  personId: number,
  { minutes }: { readonly minutes: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('report')
    .select('id')
    .where('personId', '=', personId)
    .where('kind', '=', 'personal_data')
    .where('createdAt', '>', sql<Date>`now() - make_interval(mins => ${minutes})`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The contents of an export that waits; undefined for a kind that this release does not know. */
export async function findAsk(db: Db, id: number): Promise<ExportAsk | undefined> {
  const row = await db
    .selectFrom('report')
    .select(['exportKind', 'exportFrom', 'exportUntil', 'exportZone'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.exportKind === null || row.exportZone === null || !isExportKind(row.exportKind)) return undefined
  const period = { from: row.exportFrom ?? undefined, until: row.exportUntil ?? undefined }
  return { kind: row.exportKind, period, zone: row.exportZone }
}

/** The zone of the times around an export; undefined for a file of an earlier release. */
export async function findZone(db: Db, id: number): Promise<string | undefined> {
  const row = await db.selectFrom('report').select('exportZone').where('id', '=', id).executeTakeFirst()
  return row?.exportZone ?? undefined
}

/** A file of an export. */
export interface ExportedFile {
  /** Its bytes, read once; of those that come piece by piece memory never holds the whole. */
  readonly pieces: AsyncIterable<Buffer> | Iterable<Buffer>
  /** Known when all pieces are read. */
  readonly rowCount: () => number
}

/** Stores the next file of a report that is held; the first one in its own row. Returns the row that holds the file, and how many rows the file has. */
export async function storeFile(
  tx: Db,
  id: number,
  { pieces, rowCount, isFirst }: ExportedFile & { readonly isFirst: boolean },
): Promise<{ readonly id: number; readonly rowCount: number }> {
  const fileId = isFirst ? id : await insertPart(tx, id)
  const size = await storePieces(tx, fileId, pieces)
  const file = { id: fileId, rowCount: rowCount() }
  const { length } = await joinPieces(tx, file)
  if (length !== size) throw new Error('the pieces of an export are not all there')
  return file
}

async function insertPart(tx: Db, partOf: number): Promise<number> {
  const asked = await tx
    .selectFrom('report')
    .select(['kind', 'personId', 'chatId', 'name', 'containers', 'plannedAt', 'exportKind'])
    .where('id', '=', partOf)
    .executeTakeFirstOrThrow()
  const further = await tx
    .insertInto('report')
    .values({ ...asked, partOf })
    .returning('id')
    .executeTakeFirstOrThrow()
  return further.id
}

/** The driver copies what it sends more than once, so that this is what an export costs. */
const pieceBytes = 256 * 1024

/** Returns how many bytes they are. */
async function storePieces(tx: Db, reportId: number, pieces: ExportedFile['pieces']): Promise<number> {
  let [size, place, gathered, length]: [number, number, Buffer[], number] = [0, 0, [], 0]
  const flush = async (): Promise<void> => {
    const content = Buffer.concat(gathered)
    await tx.insertInto('reportPiece').values({ reportId, place, content }).execute()
    ;[place, gathered, length] = [place + 1, [], 0]
  }
  for await (const piece of pieces) {
    gathered.push(piece)
    length += piece.length
    size += piece.length
    if (length >= pieceBytes) await flush()
  }
  if (length > 0) await flush()
  return size
}

async function joinPieces(tx: Db, { id, rowCount }: { readonly id: number; readonly rowCount: number }) {
  const all = sql<Buffer>`(select string_agg(content, ''::bytea order by place) from report_piece where report_id = ${id})`
  const joined = await tx
    .updateTable('report')
    .set({ content: all, rowCount })
    .where('id', '=', id)
    .returning(sql<number>`octet_length(content)`.as('length'))
    .executeTakeFirstOrThrow()
  await tx.deleteFrom('reportPiece').where('reportId', '=', id).execute()
  return joined
}

/** Names a stored file, and with that it is built. */
export async function finishFile(
  tx: Db,
  id: number,
  { fileName, builtFor }: { readonly fileName: string; readonly builtFor: string },
): Promise<void> {
  await tx
    .updateTable('report')
    .set({ fileName, builtFor, status: 'built', builtAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute()
}

/** An arbitrary number that names the lock of those who end an export or an erasure. */
const erasureLock = 7_165_001

/** How many people have erased their data: an export during which the number grows may hold somebody who is gone. */
export async function countErased(db: Db): Promise<number> {
  const row = await db
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<number>().as('erased'))
    .where('erasedAt', 'is not', null)
    .executeTakeFirstOrThrow()
  return row.erased
}

/**
 * As `countErased`, for the end of an export: until the end of the transaction nobody is erased, and who is erased then finds the stored
 * files. Without it an erasure and an export that end at the same time would not see each other.
 */
export async function countErasedAtLast(tx: Db): Promise<number> {
  await sql`select pg_advisory_xact_lock_shared(${sql.lit(erasureLock)})`.execute(tx)
  return countErased(tx)
}

/** Kinds of exports that name people. */
const kindsWithPeople: readonly ExportKind[] = ['lookups', 'subscriptions', 'people', 'deliveries', 'audit']

/**
 * Deletes the files of exports that name people, because one of them is being erased. Exports that have not left are built again, which the
 * sweep sees to. Needs a transaction.
 */
export async function deleteFilesAboutPeople(tx: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(erasureLock)})`.execute(tx)
  const stored = await tx
    .updateTable('report')
    .set({ content: null, telegramFileId: null })
    .where('kind', '=', 'export')
    .where('content', 'is not', null)
    .where('exportKind', 'in', kindsWithPeople)
    .returning(['id', 'partOf'])
    .execute()
  const asked = [...new Set(stored.map(({ id, partOf }) => partOf ?? id))]
  if (asked.length > 0) await buildAgainUnsent(tx, asked)
}

/** Those of which a file has not left: all their files come again. */
async function buildAgainUnsent(tx: Db, asked: readonly number[]): Promise<void> {
  const files = tx
    .selectFrom('report')
    .select(['report.id', sql<number>`coalesce(part_of, id)`.as('asked')])
    .where((eb) => eb.or([eb('report.id', 'in', asked), eb('partOf', 'in', asked)]))
  const waiting = await tx
    .deleteFrom('delivery')
    .using(files.as('file'))
    .whereRef('delivery.reportId', '=', 'file.id')
    .where('delivery.status', 'in', ['pending', 'retry'])
    .returning('file.asked')
    .execute()
  const again = [...new Set(waiting.map((row) => row.asked))]
  if (again.length === 0) return
  await tx
    .updateTable('report')
    .set({
      status: 'pending',
      fileName: null,
      builtFor: null,
      builtAt: null,
      enqueuedAt: sql<Date>`now() - interval '1 hour'`,
    })
    .where('id', 'in', again)
    .execute()
}
