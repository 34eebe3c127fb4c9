import { type Db, everything, positions, reviewQueue } from '@atermtrack/data'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aRosterEntry,
  aTerminalReport,
  aTerminalVisit,
  aTrainRoster,
  containerNumber,
  describe,
  expect,
  readLedger,
  test,
} from '@atermtrack/testkit'
import { adminChatId, type Arrival, arrive, importer, stateOf } from '../testing/arrivals.ts'

const box = containerNumber(1)
const forged = new Date('2099-01-01T00:00:00Z')

/** A moment of a day in September 2025. */
function on(day: number, hour = 5): Date {
  return new Date(Date.UTC(2025, 8, day, hour))
}

type Cells = Parameters<typeof aDislocationRow>[0]

async function report(stamp: Date, ...rows: readonly Cells[]): Promise<Buffer> {
  const list = rows.length > 0 ? rows : [{}]
  return aDislocationWorkbook({
    stamp,
    rows: list.map((cells, n) => aDislocationRow({ 'Номер контейнера': containerNumber(n + 1), ...cells })),
  })
}

async function take(db: Db, arrival: Arrival): Promise<number> {
  const id = await arrive(db, arrival)
  await importer(db)(id)
  return id
}

async function listNotices(db: Db): Promise<readonly string[]> {
  const rows = await readLedger(db, { chatId: adminChatId })
  await db.deleteFrom('delivery').execute()
  return rows.map(({ text }) => text.replaceAll(/\s/gu, ' '))
}

describe('a dislocation report', () => {
  test('that is dated later than it came waits, whatever its mail claims, and those after it count', async ({ db }) => {
    const poison = await take(db, { content: await report(forged), sentAt: forged, receivedAt: on(2) })
    expect(await stateOf(db, poison)).toMatchObject({ status: 'quarantined', reason: 'future_stamp' })
    expect(await listNotices(db)).toEqual([expect.stringContaining('отчёт помечен временем позже, чем пришёл')])
    const truth = await take(db, { content: await report(on(2)), receivedAt: on(2, 6) })
    expect(await stateOf(db, truth)).toMatchObject({ status: 'imported' })
  })

  test('that came again is confirmed as of its receipt, not as of its mail', async ({ db }) => {
    const content = await report(on(2))
    const first = await take(db, { content, receivedAt: on(2) })
    await take(db, { content, sentAt: forged, receivedAt: on(3) })
    expect(await stateOf(db, first)).toMatchObject({ confirmedAt: on(3) })
    await take(db, { content, sentAt: new Date('1970-01-01'), receivedAt: on(4) })
    expect(await stateOf(db, first)).toMatchObject({ confirmedAt: on(4) })
  })

  test('loses the rows that report the future, and the admins are notified', async ({ db }) => {
    const later: Cells = { 'Дата и время операции': '02.09.2025 09:01' }
    const id = await take(db, { content: await report(on(2), {}, later), receivedAt: on(2) })
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported', rowCount: 1 })
    expect(await listNotices(db)).toEqual([
      expect.stringContaining('1 строка не принята: время в ней позже, чем пришёл файл.'),
    ])
    const { warnings } = (await reviewQueue.find(db, id))!
    expect(warnings).toMatchObject([{ row: 6, problem: 'time_in_future', value: '02.09.2025 09:01' }])
  })

  test('is not held ahead of true ones by the beginning of a trip that is still to come', async ({ db }) => {
    await take(db, {
      content: await report(on(2), { 'Дата и время начала рейса': '01.01.2099 00:00', 'Номер вагона': '53065249' }),
      receivedAt: on(2),
    })
    await take(db, { content: await report(on(3), { 'Номер вагона': '62068994' }), receivedAt: on(3) })
    expect((await positions.findMany(db, [box], everything))[0]).toMatchObject({ wagon: '62068994' })
  })

  test('with operations of years ago is imported with a warning', async ({ db }) => {
    const old: Cells = { 'Дата и время операции': '02.09.2021 08:00' }
    const id = await take(db, { content: await report(on(2), {}, old), receivedAt: on(2) })
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported', rowCount: 2 })
    expect((await reviewQueue.find(db, id))?.warnings).toMatchObject([{ row: 6, problem: 'time_long_ago' }])
    expect(await listNotices(db)).toEqual([])
  })

  test('with a half of a surrogate pair where a warning is cut can be imported', async ({ db }) => {
    const odd: Cells = { 'Номер вагона': `${'я'.repeat(99)}😀` }
    const id = await take(db, { content: await report(on(2), odd), receivedAt: on(2) })
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported' })
  })
})

describe('a report that goes into the history only', () => {
  const name = 'вчера <2>.xlsx'

  test('although none was received after it is reported, with the one ahead and a way to undo it', async ({ db }) => {
    const ahead = await take(db, { content: await report(on(9)), fileName: name, receivedAt: on(9) })
    const newest = await take(db, { content: await report(on(4)), receivedAt: on(9, 6) })
    expect(await stateOf(db, newest)).toMatchObject({ status: 'history_only', reason: 'older_stamp' })
    const [message] = await readLedger(db)
    expect(message?.text).toContain(`Впереди него №${ahead} (вчера &lt;2&gt;.xlsx), данные на 09.09.2025 08:00.`)
    expect(JSON.stringify(message?.markup)).toContain(`v1:wb-undo:${ahead}`)
  })

  test('is reported to nobody when newer mail came before, as it does when a backlog is read', async ({ db }) => {
    await take(db, { content: await report(on(9)), receivedAt: on(9) })
    const older = await take(db, { content: await report(on(4)), receivedAt: on(4) })
    expect(await stateOf(db, older)).toMatchObject({ status: 'history_only' })
    expect(await listNotices(db)).toEqual([])
  })
})

describe('a terminal report', () => {
  const terminal = { sender: 'terminal@port.example', fileName: 'A-Terminal.xlsx' }
  const visit = aTerminalVisit({ container: box, arrivedAt: on(1) })

  async function clientOf(db: Db): Promise<string | null> {
    return (await db.selectFrom('terminalVisit').select('client').executeTakeFirstOrThrow()).client
  }

  test('is in its place by its receipt, wherever its mail would like it to be', async ({ db }) => {
    const reportOf = async (client: string) => aTerminalReport({ shape: 'dump', visits: [{ ...visit, client }] })
    await take(db, { ...terminal, content: await reportOf('ООО «Подделка»'), sentAt: forged, receivedAt: on(2) })
    await take(db, { ...terminal, content: await reportOf('ООО «Правда»'), sentAt: on(1), receivedAt: on(3) })
    expect(await clientOf(db)).toBe('ООО «Правда»')
  })

  test('that is dated later than it came waits', async ({ db }) => {
    const content = await aTerminalReport({ shape: 'dump', visits: [visit] })
    const id = await take(db, { ...terminal, fileName: 'A-Terminal 01.01.2099.xlsx', content, receivedAt: on(2) })
    expect(await stateOf(db, id)).toMatchObject({ status: 'quarantined', reason: 'future_stamp' })
    expect(await listNotices(db)).toHaveLength(1)
  })

  test('loses the visits in the future, and the admins are notified', async ({ db }) => {
    const later = aTerminalVisit({ container: containerNumber(2), arrivedAt: on(2, 7) })
    const content = await aTerminalReport({ shape: 'dump', visits: [visit, later] })
    const id = await take(db, { ...terminal, content, receivedAt: on(2) })
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported', rowCount: 1 })
    expect(await listNotices(db)).toEqual([expect.stringContaining('1 строка не принята')])
  })
})

test('the list of a train that came last counts, wherever its mail would like it to be', async ({ db }) => {
  const dispatch = { sender: 'dispatch@port.example', fileName: 'КП К25-073 Селятино.xlsx' }
  const list = async (n: number) => aTrainRoster({ entries: [aRosterEntry({ container: containerNumber(n) })] })
  await take(db, { ...dispatch, content: await list(1), sentAt: forged, receivedAt: on(2) })
  await take(db, { ...dispatch, content: await list(2), sentAt: new Date('1970-01-01'), receivedAt: on(3) })
  const rows = await db
    .selectFrom('currentTrainRoster')
    .innerJoin('trainRosterRow', 'trainRosterRow.workbookId', 'currentTrainRoster.workbookId')
    .select(['container', 'sentAt'])
    .execute()
  expect(rows).toEqual([{ container: containerNumber(2), sentAt: on(3) }])
})
