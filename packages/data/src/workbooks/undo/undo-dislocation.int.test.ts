import type { ContainerNumber } from '@atermtrack/domain'
import { containerNumber, expect, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import {
  day,
  importReport,
  keyOfHash,
  linesOf,
  type Report,
} from '../../positions/import/dislocation-reports.test-helper.ts'
import { undoDislocation, type UndoneDislocation } from './undo-dislocation.ts'

const never = new AbortController().signal

function reportOf(count: number, on: number): Report {
  const steps = Array.from({ length: count }, (_, n) => ({
    container: containerNumber(n + 1) as ContainerNumber,
    day: on,
    consignee: `Клиент ${n % 7}`,
    kmLeft: 1_000 - on,
  }))
  return { stamp: day(on, 1), steps }
}

async function importAll(db: Db, reports: readonly Report[]): Promise<readonly number[]> {
  const ids: number[] = []
  for (const report of reports) ids.push(await importReport(db, report))
  return ids
}

async function undo(db: Db, options: Pick<UndoneDislocation, 'id' | 'stamp'> & Partial<UndoneDislocation>) {
  await undoDislocation(db, { readAgain: async () => [], contentKeyOf: keyOfHash, signal: never, ...options })
}

/** How many containers stand in which report, by its day. */
async function standing(db: Db) {
  const { rows } = await sql<{ on: number; count: number }>`
    select extract(day from stamp)::int as on, count(*)::int as count from position group by 1 order by 1`.execute(db)
  return Object.fromEntries(rows.map(({ on, count }) => [on, count]))
}

test('reports come in while others are read, and count', async ({ db }) => {
  const [first, wrong, late] = [reportOf(3, 1), reportOf(3, 2), reportOf(2, 1)]
  const [, id = 0] = await importAll(db, [first, wrong])
  await sql`delete from workbook_rows`.execute(db)
  let readings = 0
  const readAgain = async () => {
    readings += 1
    // No lock is held here, or this import would wait for it.
    if (readings === 1) await importReport(db, { ...late, stamp: day(1, 12) })
    return [linesOf(first.steps)]
  }
  await undo(db, { id, stamp: wrong.stamp, readAgain })
  expect(readings).toBe(2)
  expect(await standing(db)).toEqual({ 1: 3 })
  const { rows } = await sql`select 1 from position where stamp = ${day(1, 12)}::timestamptz`.execute(db)
  expect(rows).toHaveLength(2)
})

test('an undo that is cut off in the middle leaves whole containers, and the next start goes on', async ({ db }) => {
  const reports = [reportOf(1_500, 1), reportOf(1_500, 2)]
  const [, id = 0] = await importAll(db, reports)
  let checks = 0
  const signal = {
    throwIfAborted: () => {
      if ((checks += 1) > 2) throw new Error('shutdown')
    },
  } as AbortSignal
  await expect(undo(db, { id, stamp: day(2, 1), signal })).rejects.toThrow('shutdown')
  expect(await standing(db)).toEqual({ 1: 1_000, 2: 500 })
  await undo(db, { id, stamp: day(2, 1) })
  expect(await standing(db)).toEqual({ 1: 1_500 })
})

test('a reader meanwhile sees every container, with the data of before or of after', async ({ db }) => {
  const [, id = 0] = await importAll(db, [reportOf(2_500, 1), reportOf(2_500, 2)])
  const seen = new Set<string>()
  let isDone = false
  const undoing = undo(db, { id, stamp: day(2, 1) }).finally(() => (isDone = true))
  await waitUntil(
    async () => {
      const counts = await standing(db)
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(2_500)
      seen.add(JSON.stringify(counts))
      return isDone
    },
    { what: 'the undo', timeoutMs: 60_000 },
  )
  await undoing
  expect(await standing(db)).toEqual({ 1: 2_500 })
  expect(seen.size).toBeGreaterThan(1)
})

test('an undone report of the middle costs no more than the rows that matter', async ({ db }) => {
  const reports = [1, 2, 3, 4, 5, 6].map((on) => reportOf(50, on))
  const ids = await importAll(db, reports)
  await undo(db, { id: ids[2] ?? 0, stamp: day(3, 1) })
  expect(await standing(db)).toEqual({ 6: 50 })
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from movement group by workbook_id`.execute(db)
  expect(rows.map(({ n }) => n)).toEqual([50, 50, 50, 50, 50])
})
