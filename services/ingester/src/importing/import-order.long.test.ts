import { type Db, everything, openDb, positions } from '@atermtrack/data'
import {
  atLength,
  cloneDatabase,
  describe,
  expect,
  listSamples,
  readSample,
  recordQueues,
  test,
} from '@atermtrack/testkit'
import fc from 'fast-check'
import { inject } from 'vitest'
import { unpackMessage } from '../mail/unpack-message.ts'
import { arrive, context, importer, readers } from '../testing/arrivals.ts'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { createUndoImport } from './undo-import.ts'

interface Report {
  readonly content: Uint8Array
  readonly receivedAt: Date
}

const zones = {
  sourceZone: 'Europe/Moscow',
  terminalZone: 'Asia/Vladivostok',
  reading: defaultReadingSettings,
  readers,
}

/** Every third report of the fortnight: trains leave, stand, are abandoned, arrive; containers vanish and come back. */
async function someReports(): Promise<readonly Report[]> {
  const paths = (await listSamples('mail')).filter((path) => path.includes('dislocation'))
  const chosen = paths.filter((_, index) => index % 5 === 3)
  return Promise.all(
    chosen.map(async (path) => {
      const { attachments, sentAt } = await unpackMessage(await readSample(path))
      return { content: attachments[0]!.content, receivedAt: sentAt! }
    }),
  )
}

async function importAll(db: Db, reports: readonly Report[]): Promise<readonly number[]> {
  const ids: number[] = []
  for (const report of reports) {
    const id = await arrive(db, report)
    await importer(db)(id)
    ids.push(id)
  }
  return ids
}

/** Everything people can see, without the ids that depend on the order of arrival. */
async function snapshotOf(db: Db) {
  const containers = await db.selectFrom('position').select('container').orderBy('container').execute()
  const known = await positions.findMany(
    db,
    containers.map(({ container }) => container),
    everything,
  )
  const movements = await db
    .selectFrom('movement')
    .innerJoin('operation', 'operation.id', 'operationId')
    .innerJoin('station', 'station.id', 'stationId')
    .select([
      'container',
      'operatedAt',
      'operation.name as operation',
      'station.key',
      'movement.wagon',
      'movement.waybill',
      'kmLeft',
      'stamp',
    ])
    .orderBy('container')
    .orderBy('operatedAt')
    .orderBy('operation')
    .orderBy('station.key')
    .execute()
  return { positions: known.toSorted((a, b) => a.container.localeCompare(b.container)), movements }
}

async function inNewDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
  await using database = await cloneDatabase(inject('postgresUrl'))
  await using db = openDb({ url: database.url })
  return await work(db)
}

function undoing(db: Db) {
  return createUndoImport({ db, ...zones, adminChatIds: [], queues: recordQueues().queues })
}

describe('the data', () => {
  test('is the same in whatever order the reports arrive', async ({ db }) => {
    const reports = await someReports()
    await importAll(db, reports)
    const expected = await snapshotOf(db)
    expect(expected.positions.length).toBeGreaterThan(200)
    const orders = fc.shuffledSubarray(
      reports.map((_, index) => index),
      { minLength: reports.length },
    )
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const snapshot = await inNewDatabase(async (other) => {
          await importAll(
            other,
            order.map((index) => reports[index]!),
          )
          return snapshotOf(other)
        })
        expect(snapshot).toEqual(expected)
      }),
      { numRuns: atLength({ short: 2, full: 20 }), endOnFailure: true },
    )
  })

  test('after an import is undone is the one without it', async ({ db }) => {
    const reports = await someReports()
    const wrong = 2
    const ids = await importAll(db, reports)
    await undoing(db)({ workbookId: ids[wrong]! }, context)
    const expected = await inNewDatabase(async (other) => {
      await importAll(
        other,
        reports.filter((_, index) => index !== wrong),
      )
      return snapshotOf(other)
    })
    expect(await snapshotOf(db)).toEqual(expected)
    const undone = await db
      .selectFrom('workbook')
      .select(['status', 'reason'])
      .where('id', '=', ids[wrong]!)
      .executeTakeFirst()
    expect(undone).toEqual({ status: 'quarantined', reason: 'undone' })
  })

  test('is undone only once', async ({ db }) => {
    const [first] = await someReports()
    const [id] = await importAll(db, [first!])
    const undo = undoing(db)
    await undo({ workbookId: id! }, context)
    await undo({ workbookId: id! }, context)
    expect(await snapshotOf(db)).toEqual({ positions: [], movements: [] })
  })
})
