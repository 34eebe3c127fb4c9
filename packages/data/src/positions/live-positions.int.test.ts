import { containerNumber, expect, test } from '@atermtrack/testkit'
import { type DislocationRow, emptyFilter, type WallTime } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'
import { mergeDislocation } from './import/dislocation-import.ts'
import { openDislocationStage } from './import/dislocation-stage.ts'
import { encodeDislocationRow } from './import/dislocation-staging.ts'
import * as livePositions from './live-positions.ts'
import * as positionSearch from './position-search.ts'
import { everything } from '../visibility/visibility.ts'
import * as workbookUndo from '../workbooks/workbook-undo.ts'

const [kept, gone] = [containerNumber(1), containerNumber(2)]

test('a container loses its mark a week after its last report, and has it again with the next', async ({ db }) => {
  await importReport(db, 1, [kept, gone])
  await importReport(db, 7, [kept])
  await importReport(db, 8, [kept])
  // The newest report that is a week older still held it.
  expect(await livePositions.retire(db, { limit: 10 })).toBe(0)
  await importReport(db, 14, [kept])
  expect(await livePositions.retire(db, { limit: 10 })).toBe(1)
  expect(await livePositions.retire(db, { limit: 10 })).toBe(0)
  expect(await listLive(db)).toEqual([kept])
  expect(await listFound(db)).toEqual([kept])
  await importReport(db, 15, [kept, gone])
  expect(await listLive(db)).toEqual([kept, gone])
  expect(await listFound(db)).toEqual([kept, gone])
})

test('one report that is not the newest brings a container back too', async ({ db }) => {
  await importReport(db, 1, [kept, gone])
  for (const day of [7, 14]) await importReport(db, day, [kept])
  await livePositions.retire(db, { limit: 10 })
  await importReport(db, 13, [gone], { operatedAt: day(-1) })
  expect(await listLive(db)).toEqual([kept, gone])
  expect(await listFound(db)).toEqual([kept, gone])
})

test('undoing a report restores the changes that it made to the others', async ({ db }) => {
  const sourceId = await importReport(db, 1, [kept, gone])
  await importReport(db, 7, [kept])
  await importReport(db, 14, [kept])
  await livePositions.retire(db, { limit: 10 })
  const { id } = await db.selectFrom('workbook').select('id').where('stamp', '=', day(14)).executeTakeFirstOrThrow()
  await workbookUndo.markUndone(db, { id, sourceId })
  expect(await listLive(db)).toEqual([kept, gone])
})

async function importReport(
  db: Db,
  onDay: number,
  containers: readonly string[],
  { operatedAt = day(onDay) }: { readonly operatedAt?: Date } = {},
): Promise<number> {
  const sha256 = Buffer.from(`${onDay}`.padEnd(32))
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const source = await db
    .insertInto('source')
    .values({ kind: 'dislocation' })
    .onConflict((conflict) => conflict.columns(['kind', 'sender', 'reportNumber']).doUpdateSet({ sender: '' }))
    .returning('id')
    .executeTakeFirstOrThrow()
  const stamp = day(onDay)
  const file = { origin: 'mail', fileName: 'x', sha256, size: 1, receivedAt: stamp } as const
  const { id: workbookId } = await db
    .insertInto('workbook')
    .values({ ...file, kind: 'dislocation', status: 'imported', stamp, sourceId: source.id })
    .returning('id')
    .executeTakeFirstOrThrow()
  await using stage = openDislocationStage(db)
  for (const [index, container] of containers.entries()) {
    const row = {
      rowNumber: index + 5,
      container,
      operation: 'Прибытие',
      operationStation: { name: 'ЧИТА I', code: '940006' },
      operatedAt,
      operatedWall: '2025-09-01T00:00:00' as WallTime,
      tripStartedAt: day(-9),
    }
    await stage.add(Buffer.from(encodeDislocationRow(row as unknown as DislocationRow)))
  }
  await stage.finish((tx) => mergeDislocation(tx, { workbookId, stamp, contentKey: 1 }))
  return source.id
}

async function listLive(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('position').select('container').where('isLive', '=', true).execute()
  return rows.map(({ container }) => container).toSorted((a, b) => a.localeCompare(b))
}

async function listFound(db: Db): Promise<readonly string[]> {
  const options = { scope: everything, standingAfterMinutes: 1440, zone: undefined }
  const { found } = await positionSearch.search(db, emptyFilter, options)
  return found.map(({ container }) => container).toSorted((a, b) => a.localeCompare(b))
}

function day(number: number): Date {
  return new Date(Date.UTC(2025, 8, number))
}
