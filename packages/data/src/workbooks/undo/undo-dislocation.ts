import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Db, withSession } from '../../platform/client.ts'
import { stagedColumns, stagedDefinitions } from '../../positions/import/dislocation-staging.ts'
import { createNeededRows, type ReadReport, type ReportLine, type UndoneContainer } from './needed-rows.ts'
import { rebuildContainers } from './rebuild-containers.ts'
import { findRows } from './stored-rows.ts'
import { listOthers, listSharing, listUndone, type SharingReport, type UndoneReport } from './undone-containers.ts'

/** Containers that are rebuilt in one transaction: imports wait no longer than for this. */
const batchSize = 1_000
const linesOfBlock = 1_000

export interface UndoneDislocation extends UndoneReport {
  /** Reads the lines of a report from its workbook, where its rows are not kept. */
  readonly readAgain: (report: SharingReport) => Promise<readonly Uint8Array[]>
  readonly contentKeyOf: (contentHash: Uint8Array) => number
  /** Aborted when the work must end early. The finished part stays, and the next start goes on from there. */
  readonly signal: AbortSignal
}

/**
 * Removes the rows of a dislocation report from positions and movements. Other reports are read without any lock, and their rows
 * that matter are kept in the session; then the containers are rebuilt, some at a time. One undo runs at a time: two would bring
 * each other's rows back.
 */
export async function undoDislocation(db: Db, undone: UndoneDislocation): Promise<void> {
  await withSession(db, async (session, client) => {
    // The limit on locks would end the wait for another undo; the caller retries.
    await sql`select pg_advisory_lock(hashtextextended('undo-import', 0))`.execute(session)
    await createKeptRows(session)
    for (;;) {
      if (await undoOnce({ db, session, client }, undone)) return
      await sql`truncate kept_row`.execute(session)
    }
  })
}

interface Place {
  readonly db: Db
  readonly session: Db
  readonly client: pg.PoolClient
}

async function createKeptRows(session: Db): Promise<void> {
  const columns = sql.raw(
    `${stagedDefinitions}, workbook_id bigint, stamp timestamptz, content_key bigint, is_of_position boolean`,
  )
  await sql`create temporary table kept_row (${columns})`.execute(session)
  await sql`create index on kept_row (container, workbook_id)`.execute(session)
}

/** False when a report came in meanwhile: the rest is checked again. */
async function undoOnce(place: Place, undone: UndoneDislocation): Promise<boolean> {
  const { session } = place
  const containers = await listUndone(session, undone)
  // Listed before the reading: reports that are accepted later are not among them.
  const read = await listOthers(session, undone)
  if (containers.length === 0) return true
  const names = containers.map(({ container }) => container)
  const reports = await listSharing(session, undone, names)
  await keepNeededRows(place, undone, { containers, reports })
  await sql`analyze kept_row (container, workbook_id, operation, station_key)`.execute(session)
  for (let at = 0; at < containers.length; at += batchSize) {
    undone.signal.throwIfAborted()
    const batch = containers.slice(at, at + batchSize)
    if (!(await rebuildContainers(session, undone, { batch, read }))) return false
  }
  return true
}

async function keepNeededRows(
  { db, client }: Place,
  undone: UndoneDislocation,
  {
    containers,
    reports,
  }: { readonly containers: readonly UndoneContainer[]; readonly reports: readonly SharingReport[] },
): Promise<void> {
  const needed = createNeededRows<ReadReport & SharingReport>(containers)
  const copy = async (lines: readonly ReportLine<SharingReport & ReadReport>[], isOfPosition: boolean) =>
    copyKept(
      client,
      lines.map(({ report: { id, stamp, contentHash }, line }) =>
        [line, id, stamp.toISOString(), undone.contentKeyOf(contentHash), `${isOfPosition}\n`].join('\t'),
      ),
    )
  for await (const { report, lines } of readAhead(reports, async (report) => readLines(db, undone, report))) {
    undone.signal.throwIfAborted()
    await copy(needed.choose(lines, { ...report, mayHaveMovements: report.stamp >= undone.stamp }), true)
  }
  await copy(needed.listHeld(), true)
  await copy(needed.listFirstReports(), false)
}

async function copyKept(client: pg.PoolClient, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const copy = `copy kept_row (${stagedColumns}, workbook_id, stamp, content_key, is_of_position) from stdin`
  await pipeline(Readable.from(inBlocks(lines)), client.query(copyFrom(copy)))
}

function* inBlocks(lines: readonly string[]): Generator<string> {
  for (let at = 0; at < lines.length; at += linesOfBlock) yield lines.slice(at, at + linesOfBlock).join('')
}

/** The next report is read and unpacked while the last one is looked through. */
async function* readAhead(reports: readonly SharingReport[], read: (report: SharingReport) => Promise<Buffer>) {
  let next: Promise<Buffer> | undefined
  try {
    for (const [at, report] of reports.entries()) {
      const lines = await (next ?? read(report))
      const following = reports[at + 1]
      next = following && read(following)
      // Its failure is thrown when it is awaited.
      next?.catch(() => undefined)
      yield { report, lines }
    }
  } finally {
    await next?.catch(() => undefined)
  }
}

async function readLines(db: Db, undone: UndoneDislocation, report: SharingReport): Promise<Buffer> {
  return (await findRows(db, report.id)) ?? Buffer.concat(await undone.readAgain(report))
}
