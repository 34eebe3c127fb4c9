import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from './client.ts'
import { createJobRunner, mostDeathsAlone } from './job-starts.ts'
import * as workbooks from '../workbooks/workbooks.ts'

async function aPendingWorkbook(db: Db): Promise<number> {
  const sha256 = Buffer.from(String(Math.random()))
  const id = await workbooks.insert(db, {
    origin: 'mail',
    fileName: 'отчёт.xlsx',
    content: Buffer.from('x'),
    sha256,
    receivedAt: new Date(),
  })
  return id ?? 0
}

/** A room that records how jobs enter it. */
function aProcess(db: Db, process: string) {
  const entries: string[] = []
  const enter =
    (way: string) =>
    async <T>(work: () => Promise<T>) => {
      entries.push(way)
      return work()
    }
  const run = createJobRunner(db, {
    table: 'workbook',
    process,
    room: { beside: enter('beside'), alone: enter('alone') },
  })
  const begin = async (id: number) => run(id, async (start) => (await workbooks.beginAttempt(db, id, start))?.attempts)
  const fail = async (id: number, error: Error) =>
    run(id, async (start) => {
      await workbooks.beginAttempt(db, id, start)
      throw error
    }).catch(() => undefined)
  /** The process is gone after it has begun: its start stays. */
  const dieOf = begin
  return { entries, begin, fail, dieOf }
}

test('a job that was beside another when the process died runs alone once, and is not counted', async ({ db }) => {
  const [killer, innocent] = [await aPendingWorkbook(db), await aPendingWorkbook(db)]
  const first = aProcess(db, 'first')
  await Promise.all([first.dieOf(killer), first.dieOf(innocent)])
  expect(first.entries).toEqual(['beside', 'beside'])
  const second = aProcess(db, 'second')
  expect(await second.begin(innocent)).toBe(0)
  expect(second.entries).toEqual(['alone'])
})

test('a job that kills its process alone is counted to the end', async ({ db }) => {
  const killer = await aPendingWorkbook(db)
  for (const name of ['1', '2', '3', '4', '5'])
    expect(await aProcess(db, name).dieOf(killer)).toBeLessThan(mostDeathsAlone)
  expect(await aProcess(db, '6').begin(killer)).toBe(mostDeathsAlone)
})

test('a job that ends with an error counts as no death, for other processes neither', async ({ db }) => {
  const id = await aPendingWorkbook(db)
  for (const name of ['1', '2', '3', '4', '5', '6']) await aProcess(db, name).fail(id, new Error('too slow'))
  const last = aProcess(db, 'last')
  expect(await last.begin(id)).toBe(0)
  expect(last.entries).toEqual(['beside'])
})

test('a job whose end could not be written down is no death while its process lives, and its start is deleted by the next job', async ({
  db,
}) => {
  const [id, next] = [await aPendingWorkbook(db), await aPendingWorkbook(db)]
  const living = aProcess(db, 'living')
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'away'; end $$`.execute(db)
  await sql`create trigger away before update on workbook for each row when (new.started_by is null) execute function refuse()`.execute(
    db,
  )
  for (let n = 0; n < 8; n += 1) await living.fail(id, new Error('away')).catch(() => undefined)
  await sql`drop trigger away on workbook`.execute(db)
  await living.begin(next)
  const other = aProcess(db, 'other')
  expect(await other.begin(id)).toBe(0)
  expect(other.entries).toEqual(['beside'])
})
