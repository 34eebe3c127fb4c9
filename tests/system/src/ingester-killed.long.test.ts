import { setTimeout as delay } from 'node:timers/promises'
import type { Db } from '@atermtrack/data'
import { atLength, expect, test, waitUntil } from '@atermtrack/testkit'
import { untilCompleted } from './conditions.ts'
import { drop, type DroppedFile, openDropFolder, simulatedDislocations } from './drop-folder.ts'
import { forgetImports, readImportedRows } from './imported-rows.ts'
import { createSystem, type SystemOptions } from './system.ts'

const kills = atLength({ short: 3, full: 12 })
/** More files than are imported between the kills, so that each kill interrupts an import. */
const workbooks = atLength({ short: 12, full: 40 })

test('an ingester killed again and again imports every workbook once, and its rows are as without a fault', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const files = await simulatedDislocations(workbooks, new Date())
  await importCalmly({ databaseUrl, redisUrl, queuePrefix: `${queuePrefix}-calm` }, db, files)
  const expected = await readImportedRows(db)
  await forgetImports(db)

  const dir = await openDropFolder()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix: `${queuePrefix}-killed` })
  // The sweep enqueues what was stored just before a kill and has no job.
  await system.start('reporter')
  const ingester = await system.start('ingester', { INBOX_DIR: dir })
  await drop(dir, files)
  const killed = new Set<string>()
  for (let kill = 1; kill <= kills; kill += 1) {
    const begun = await waitUntil(async () => findImporter(db, killed), {
      what: 'an import to kill',
      timeoutMs: 60_000,
    })
    killed.add(begun)
    await delay(Math.random() * 400)
    await ingester.kill9()
    ingester.start()
  }
  await untilCompleted(db, files.length)

  const imported = await db.selectFrom('workbook').select(['fileName', 'status']).orderBy('fileName').execute()
  expect(imported.map(({ fileName }) => fileName)).toEqual(files.map(({ fileName }) => fileName).toSorted())
  expect(imported.filter(({ status }) => status !== 'imported' && status !== 'history_only')).toEqual([])
  expect(completedTwice(ingester.lines)).toEqual([])
  const rows = await readImportedRows(db)
  expect(rows.movements).toEqual(expected.movements)
  expect(rows.positions).toEqual(expected.positions)
  expect(rows.positions.length).toBeGreaterThan(100)
}, 300_000)

async function importCalmly(options: SystemOptions, db: Db, files: readonly DroppedFile[]): Promise<void> {
  const dir = await openDropFolder()
  await drop(dir, files)
  await using system = createSystem(options)
  const ingester = await system.start('ingester', { INBOX_DIR: dir })
  await untilCompleted(db, files.length)
  await ingester.sigterm()
}

/** Finds a process that imports at the moment and is none of the killed ones. */
async function findImporter(db: Db, killed: ReadonlySet<string>): Promise<string | undefined> {
  const rows = await db
    .selectFrom('workbook')
    .select('startedBy')
    .where('status', '=', 'pending')
    .where('startedBy', 'is not', null)
    .execute()
  return rows.flatMap(({ startedBy }) => startedBy ?? []).find((process) => !killed.has(process))
}

/** Ids of the workbooks that more than one process reports as completed. */
function completedTwice(lines: readonly string[]): readonly unknown[] {
  const completed = lines
    .map((line) => JSON.parse(line) as { readonly status?: string; readonly workbookId?: number })
    .filter(({ status, workbookId }) => status !== undefined && workbookId !== undefined)
    .map(({ workbookId }) => workbookId)
  return completed.filter((id, index) => completed.indexOf(id) !== index)
}
