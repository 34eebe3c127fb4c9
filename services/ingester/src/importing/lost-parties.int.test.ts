import { type Db, reviewQueue } from '@atermtrack/data'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aTerminalReport,
  aTerminalVisit,
  containerNumber,
  expect,
  LEGACY_COLUMNS,
  test,
} from '@atermtrack/testkit'
import { arrive, importer, stateOf } from '../testing/arrivals.ts'

const blank = {
  'Грузоотправитель (ТГНЛ)': '',
  Грузоотправитель: '',
  'Грузоотправитель (ОКПО)': '',
  'Грузоотправитель (наим)': '',
  'Грузополучатель (ТГНЛ)': '',
  Грузополучатель: '',
  'Грузополучатель (ОКПО)': '',
  'Грузополучатель (наим)': '',
} as const

/** Received when all of their days are over, in the order in which they are taken. */
const afterAll = new Date('2025-09-20T00:00:00Z')

type Shape = 'whole' | 'without the columns' | 'with blank columns'

async function take(db: Db, day: number, shape: Shape, reportNumber = '103'): Promise<number> {
  const stamp = new Date(Date.UTC(2025, 8, day, 5))
  const cells = { 'Номер контейнера': containerNumber(1), ...(shape === 'with blank columns' && blank) }
  const columns = shape === 'without the columns' ? { columns: LEGACY_COLUMNS } : {}
  const content = await aDislocationWorkbook({ stamp, rows: [aDislocationRow(cells)], reportNumber, ...columns })
  const id = await arrive(db, { content, sentAt: stamp, receivedAt: afterAll })
  await importer(db)(id)
  return id
}

async function letIn(db: Db, id: number): Promise<void> {
  await reviewQueue.accept(db, id, { reason: 'lost_parties', override: 'lost_parties' })
  await importer(db)(id)
}

const waits = { status: 'quarantined', reason: 'lost_parties' }
const taken = { status: 'imported', reason: null }

test.for(['without the columns', 'with blank columns'] as const)(
  'a source that named parties and comes %s waits; once let in, the new shape does not wait again',
  async (shape, { db }) => {
    await take(db, 1, 'whole')
    const first = await take(db, 2, shape)
    expect(await stateOf(db, first)).toMatchObject(waits)
    await letIn(db, first)
    expect(await stateOf(db, first)).toMatchObject(taken)
    expect(await stateOf(db, await take(db, 3, shape))).toMatchObject(taken)
    expect(await stateOf(db, await take(db, 4, 'whole'))).toMatchObject(taken)
    expect(await stateOf(db, await take(db, 5, shape))).toMatchObject(taken)
  },
)

test('another source, and one that never named any, is no concern of it', async ({ db }) => {
  await take(db, 1, 'whole')
  expect(await stateOf(db, await take(db, 2, 'without the columns', '112'))).toMatchObject(taken)
  expect(await stateOf(db, await take(db, 3, 'without the columns', '112'))).toMatchObject(taken)
})

test('a source that never named any begins to be held to it with the first report that does', async ({ db }) => {
  await take(db, 1, 'without the columns')
  await take(db, 2, 'whole')
  expect(await stateOf(db, await take(db, 3, 'without the columns'))).toMatchObject(waits)
})

test('a terminal report without its clients waits, and a quiet day does not', async ({ db }) => {
  const report = async (day: number, visits: Parameters<typeof aTerminalReport>[0]['visits']) => {
    const stamp = new Date(Date.UTC(2025, 8, day, 1))
    const id = await arrive(db, {
      content: await aTerminalReport({ shape: 'dump', stamp, visits }),
      sender: 'terminal@port.example',
      sentAt: stamp,
      receivedAt: afterAll,
    })
    await importer(db)(id)
    return stateOf(db, id)
  }
  const anonymous = aTerminalVisit({ client: '', clientShort: '', clientTaxId: '' })
  expect(await report(1, [aTerminalVisit()])).toMatchObject(taken)
  expect(await report(2, [])).toMatchObject(taken)
  expect(await report(3, [anonymous])).toMatchObject(waits)
})
