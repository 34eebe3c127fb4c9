import { type Db, everything, openDb, positions } from '@atermtrack/data'
import {
  aDislocationRow,
  aDislocationWorkbook,
  containerNumber,
  describe,
  expect,
  readLedger,
  test,
  zip,
} from '@atermtrack/testkit'
import { adminChatId, arrive, importer, stateOf } from '../testing/arrivals.ts'

const box = containerNumber(1)

/** 08:00 in Moscow of a day in September 2025, when the railway's robot forms its report. */
function morning(day: number): Date {
  return new Date(Date.UTC(2025, 8, day, 5))
}

async function report(stamp: Date, cells: Parameters<typeof aDislocationRow>[0] = {}): Promise<Buffer> {
  return aDislocationWorkbook({ stamp, rows: [aDislocationRow({ 'Номер контейнера': box, ...cells })] })
}

const directoryLineLength = 46
const checksumPlace = 16

/** A report that is sound to its last row; only then its checksum, in the line of the zip directory, proves wrong. */
async function damagedBehindItsRows(): Promise<Buffer> {
  const numbers = Array.from({ length: 2_000 }, (_, index) => containerNumber(index + 1))
  const rows = numbers.map((number) => aDislocationRow({ 'Номер контейнера': number }))
  const content = await aDislocationWorkbook({ stamp: morning(2), rows })
  const line = content.lastIndexOf('xl/worksheets/sheet1.xml') - directoryLineLength
  content.writeUInt8(content.readUInt8(line + checksumPlace) ^ 1, line + checksumPlace)
  return content
}

async function positionOf(db: Db, container: string) {
  return (await positions.findMany(db, [container], everything))[0]
}

async function countMovements(db: Db): Promise<number> {
  return (await db.selectFrom('movement').select('container').execute()).length
}

describe('an import', () => {
  test('puts a container on the map with everything its row says', async ({ db }) => {
    const id = await arrive(db, { content: await report(morning(2), { 'Расстояние оставшееся': '1 234' }) })
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported', kind: 'dislocation', rowCount: 1 })
    const position = await positionOf(db, box)
    expect(position).toMatchObject({
      container: box,
      kmLeft: 1234,
      zone: 'Europe/Moscow',
      asOf: new Date('2025-09-02T05:00:00Z'),
    })
    expect(position?.operatedAt.toISOString()).toBe(new Date(`${position?.operatedWall}+03:00`).toISOString())
  })

  test('happens once, whatever the number of deliveries, one after the other or at once', async ({ db }) => {
    const id = await arrive(db, { content: await report(morning(2)) })
    const run = importer(db)
    await Promise.all([run(id), run(id), run(id)])
    await run(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported' })
    expect(await countMovements(db)).toBe(1)
  })

  test('of the same bytes changes nothing but the time at which they were confirmed', async ({ db }) => {
    const content = await report(morning(2))
    const first = await arrive(db, { content })
    await importer(db)(first)
    const again = await arrive(db, { content, receivedAt: new Date('2025-09-03T10:00:00Z') })
    await importer(db)(again)
    expect(await stateOf(db, again)).toMatchObject({ status: 'duplicate', reason: 'same_bytes' })
    expect(await stateOf(db, first)).toMatchObject({
      status: 'imported',
      confirmedAt: new Date('2025-09-03T10:00:00Z'),
    })
    expect(await positionOf(db, box)).toMatchObject({ confirmedAt: new Date('2025-09-03T10:00:00Z') })
    expect(await countMovements(db)).toBe(1)
  })

  test('recognises the same content in other bytes', async ({ db }) => {
    const first = await arrive(db, { content: await report(morning(2)) })
    const rows = [aDislocationRow({ 'Номер контейнера': box })]
    const resaved = await aDislocationWorkbook({ stamp: morning(2), rows, sheetName: 'Лист1' })
    const second = await arrive(db, { content: resaved })
    await importer(db)(first)
    await importer(db)(second)
    expect(await stateOf(db, second)).toMatchObject({ status: 'duplicate', reason: 'same_content' })
  })

  test('of an older report adds history and leaves the newer position alone', async ({ db }) => {
    const newer = await arrive(db, {
      content: await report(morning(3), {
        'Дата и время операции': '03.09.2025 06:00',
        'Расстояние оставшееся': 100,
      }),
    })
    const older = await arrive(db, {
      content: await report(morning(2), {
        'Дата и время операции': '02.09.2025 06:00',
        'Расстояние оставшееся': 900,
      }),
    })
    await importer(db)(newer)
    await importer(db)(older)
    expect(await stateOf(db, older)).toMatchObject({ status: 'history_only', reason: 'older_stamp' })
    expect(await positionOf(db, box)).toMatchObject({ kmLeft: 100 })
    expect(await countMovements(db)).toBe(2)
  })

  test('gives the same picture whatever the order of arrival', async ({ db }) => {
    const cells = (at: string, km: number) => ({ 'Дата и время операции': at, 'Расстояние оставшееся': km })
    const reports = [
      await report(morning(2), cells('02.09.2025 06:00', 900)),
      await report(morning(3), cells('02.09.2025 06:00', 900)),
      await report(morning(4), cells('04.09.2025 07:00', 500)),
    ]
    for (const content of [reports[2], reports[0], reports[1]])
      await importer(db)(await arrive(db, { content: content! }))
    expect(await positionOf(db, box)).toMatchObject({ kmLeft: 500, asOf: new Date('2025-09-04T05:00:00Z') })
    const movements = await db.selectFrom('movement').select(['kmLeft', 'stamp']).orderBy('operatedAt').execute()
    expect(movements).toEqual([
      { kmLeft: 900, stamp: new Date('2025-09-02T05:00:00Z') },
      { kmLeft: 500, stamp: new Date('2025-09-04T05:00:00Z') },
    ])
  })

  test('of far fewer rows than usual waits for an admin, who is notified once', async ({ db }) => {
    const rows = Array.from({ length: 10 }, (_, n) => aDislocationRow({ 'Номер контейнера': containerNumber(n) }))
    const usual = await arrive(db, { content: await aDislocationWorkbook({ stamp: morning(2), rows }) })
    await importer(db)(usual)
    const shrunk = await arrive(db, {
      content: await aDislocationWorkbook({ stamp: morning(3), rows: rows.slice(0, 6) }),
    })
    await importer(db)(shrunk)
    await importer(db)(shrunk)
    expect(await stateOf(db, shrunk)).toMatchObject({ status: 'quarantined', reason: 'shrunk', rowCount: 6 })
    const alerts = await readLedger(db)
    expect(alerts).toMatchObject([
      { kind: 'alert', chatId: adminChatId, text: expect.stringContaining('строк намного меньше') },
    ])
    expect(await positionOf(db, containerNumber(9))).toMatchObject({ asOf: morning(2) })
  })

  test('of an archive imports every workbook in it', async ({ db }) => {
    const files = [
      { name: 'а.xlsx', content: await report(morning(2)) },
      { name: 'б.xlsx', content: await report(morning(3)) },
    ]
    const id = await arrive(db, { content: await zip(files), fileName: 'отчёты.zip' })
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported', reason: 'unpacked', rowCount: 2 })
    const children = await db
      .selectFrom('workbook')
      .select(['fileName', 'status'])
      .where('parentId', '=', id)
      .orderBy('id')
      .execute()
    expect(children).toEqual([
      { fileName: 'а.xlsx', status: 'imported' },
      { fileName: 'б.xlsx', status: 'imported' },
    ])
  })

  test.for([
    {
      title: 'a truncated file',
      status: 'refused',
      reason: 'truncated',
      arrival: async () => ({ content: (await report(morning(2))).subarray(0, 3_000) }),
    },
    {
      title: 'no workbook at all',
      status: 'refused',
      reason: 'not_a_workbook',
      arrival: async () => ({ content: Buffer.from([1, 2, 3, 0, 255, 254, 7]) }),
    },
    {
      title: 'a report of a stranger',
      status: 'quarantined',
      reason: 'unknown_sender',
      arrival: async () => ({ content: await report(morning(2)), sender: 'x@stranger.example' }),
    },
    {
      title: 'a stamp in the future',
      status: 'quarantined',
      reason: 'future_stamp',
      arrival: async () => ({ content: await report(morning(9)) }),
    },
    {
      title: 'a report without rows',
      status: 'quarantined',
      reason: 'no_rows',
      arrival: async () => ({ content: await aDislocationWorkbook({ rows: [] }) }),
    },
    {
      title: 'a report without a required column',
      status: 'quarantined',
      reason: 'missing_columns',
      arrival: async () => ({
        content: await aDislocationWorkbook({
          rows: [aDislocationRow()],
          columns: ['Номер контейнера', 'Станция операции', 'Операция', 'Номер вагона', 'Номер накладной'],
        }),
      }),
    },
  ])('of $title ends as $status', async ({ status, reason, arrival }, { db }) => {
    const id = await arrive(db, await arrival())
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status, reason })
    expect(await positionOf(db, box)).toBeUndefined()
  })

  test('of a file that proves damaged after thousands of rows leaves none of them, and releases its connection', async ({
    databaseUrl,
  }) => {
    await using db = openDb({ url: databaseUrl, poolSize: 1 })
    const id = await arrive(db, { content: await damagedBehindItsRows() })
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'refused', reason: 'damaged' })
    expect(await positionOf(db, box)).toBeUndefined()
    expect(await countMovements(db)).toBe(0)
  })

  test('that was begun too often without an end is refused', async ({ db }) => {
    const id = await arrive(db, { content: await report(morning(2)) })
    await db.updateTable('workbook').set({ attempts: 5 }).where('id', '=', id).execute()
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'refused', reason: 'reader_died' })
  })

  test('that ends with an error of our own comes again and does not count as a death', async ({ db }) => {
    const id = await arrive(db, { content: await report(morning(2)) })
    for (let n = 0; n < 6; n += 1)
      await expect(importer(db, { sourceZone: 'No/Where' })(id)).rejects.toThrow('No/Where')
    expect(await stateOf(db, id)).toMatchObject({ status: 'pending', attempts: 0 })
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported' })
  })
})
