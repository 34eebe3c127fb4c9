import type { ContainerNumber, DislocationRow, WallTime } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { type Db, openClientTransaction, openDb } from '../../platform/client.ts'
import { openDislocationStage } from './dislocation-stage.ts'
import { encodeDislocationRow } from './dislocation-staging.ts'

/** Far more than fits into the sockets on the way. */
const manyRows = 40_000

function linesOf(count: number, from = 0): Uint8Array {
  const lines = Array.from({ length: count }, (_, index) => encodeDislocationRow(aRow(from + index)))
  return Buffer.from(lines.join(''))
}

function aRow(rowNumber: number): DislocationRow {
  return {
    rowNumber,
    container: containerNumber(rowNumber) as ContainerNumber,
    operation: 'Отправление вагона со станции (2)',
    operationStation: { name: 'ЧИТА I', code: '940006' },
    operatedAt: new Date('2025-09-01T00:00:00Z'),
    operatedWall: '2025-09-01T03:00:00' as WallTime,
  } as DislocationRow
}

async function countStaged(tx: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from dislocation_row`.execute(tx)
  return rows[0]?.n ?? 0
}

test('holds all rows that were added, in however many pieces', async ({ db }) => {
  await using stage = openDislocationStage(db)
  for (let from = 0; from < manyRows; from += 5_000) await stage.add(linesOf(5_000, from))
  expect(await stage.finish(countStaged)).toBe(manyRows)
})

test('holds no rows of a report without any', async ({ db }) => {
  await using stage = openDislocationStage(db)
  expect(await stage.finish(countStaged)).toBe(0)
})

test('given up in the middle leaves its connection to others', async ({ databaseUrl }) => {
  await using db = openDb({ url: databaseUrl, poolSize: 1 })
  {
    await using stage = openDislocationStage(db)
    await stage.add(linesOf(manyRows))
    stage.add(linesOf(manyRows, manyRows)).catch(() => undefined)
  }
  await expect(countStaged(db)).rejects.toThrow('dislocation_row')
})

test('keeps nothing of a work that failed', async ({ databaseUrl }) => {
  await using db = openDb({ url: databaseUrl, poolSize: 1 })
  const work = async () => {
    await using stage = openDislocationStage(db)
    await stage.add(linesOf(1))
    await stage.finish(async (tx) => {
      await tx.insertInto('operation').values({ name: 'Выгрузка' }).execute()
      throw new Error('no')
    })
  }
  await expect(work()).rejects.toThrow('no')
  expect(await db.selectFrom('operation').select('id').execute()).toEqual([])
})

test('rejects the finish after lines that the database does not accept', async ({ db }) => {
  await using stage = openDislocationStage(db)
  await stage.add(Buffer.from('not a row\n'))
  await expect(stage.finish(countStaged)).rejects.toThrow('invalid input syntax')
})

test('rejects further adding after lines that the database does not accept', async ({ db }) => {
  await using stage = openDislocationStage(db)
  const nonsense = Buffer.from('not a row\n'.repeat(10_000))
  const goOn = async (): Promise<never> => {
    for (;;) {
      await stage.add(nonsense)
      // Only then the answer of the database arrives.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await expect(goOn()).rejects.toThrow('invalid input syntax')
})

test('accepts no more than a little while the database reads nothing', async ({ databaseUrl }) => {
  await using db = openDb({ url: databaseUrl, poolSize: 1 })
  const busy = await openClientTransaction(db)
  await using stage = openDislocationStage(db)
  let accepted = 0
  const adding = (async () => {
    for (; accepted < 8; accepted += 1) await stage.add(linesOf(5_000, accepted * 5_000))
  })()
  // The only connection is another's, so that nothing is copied: what was accepted stands in memory.
  await sql`select 1`.execute(busy.tx)
  expect(accepted).toBeLessThanOrEqual(1)
  await busy[Symbol.asyncDispose]()
  await adding
  expect(await stage.finish(countStaged)).toBe(manyRows)
})
