import type { Db } from '@atermtrack/data'
import {
  aRosterEntry,
  aTerminalDispatch,
  aTerminalReport,
  aTerminalVisit,
  aTrainRoster,
  containerNumber,
  describe,
  expect,
  listSamples,
  readSample,
  sampleOdd,
  test,
} from '@atermtrack/testkit'
import { arrive, importer, stateOf } from '../testing/arrivals.ts'
import { unpackMessage } from '../mail/unpack-message.ts'

const terminal = { sender: 'terminal@port.example', fileName: 'A-Terminal.xlsx' }
const dispatch = { sender: 'dispatch@port.example', fileName: 'КП К25-073 Селятино.xlsx' }
const box = containerNumber(1)

async function visits(db: Db) {
  return db
    .selectFrom('terminalVisit')
    .select(['container', 'onSite', 'client', 'teu', 'stock'])
    .orderBy('container')
    .execute()
}

describe('a terminal report', () => {
  test('shows the containers that stand there, and a later one their dispatch', async ({ db }) => {
    const visit = aTerminalVisit({ container: box })
    const first = await arrive(db, {
      ...terminal,
      content: await aTerminalReport({ shape: 'dump', visits: [visit] }),
      receivedAt: new Date('2025-09-02'),
    })
    await importer(db)(first)
    expect(await stateOf(db, first)).toMatchObject({ status: 'imported', kind: 'terminal_report' })
    expect(await visits(db)).toMatchObject([{ container: box, onSite: true }])

    const left = { ...visit, dispatch: aTerminalDispatch() }
    const second = await arrive(db, {
      ...terminal,
      content: await aTerminalReport({ shape: 'dump', visits: [left] }),
      receivedAt: new Date('2025-09-03'),
    })
    await importer(db)(second)
    expect(await visits(db)).toMatchObject([{ container: box, onSite: false }])
  })

  test('never erases what is known with a blank, whatever came first', async ({ db }) => {
    const full = aTerminalVisit({ container: box, client: 'ООО «Пример»' })
    const blank = { ...full, client: '' }
    const reports = [
      { content: await aTerminalReport({ shape: 'dump', visits: [full] }), receivedAt: new Date('2025-09-02') },
      { content: await aTerminalReport({ shape: 'dump', visits: [blank] }), receivedAt: new Date('2025-09-03') },
    ]
    for (const report of reports.toReversed()) await importer(db)(await arrive(db, { ...terminal, ...report }))
    expect(await visits(db)).toMatchObject([{ client: 'ООО «Пример»' }])
  })

  test('without rows is a quiet day, and one of which no row is understood waits for an admin', async ({ db }) => {
    const stateAfter = async (visits: Parameters<typeof aTerminalReport>[0]['visits']) => {
      const id = await arrive(db, { ...terminal, content: await aTerminalReport({ shape: 'dump', visits }) })
      await importer(db)(id)
      return stateOf(db, id)
    }
    expect(await stateAfter([])).toMatchObject({ status: 'imported' })
    expect(await stateAfter([aTerminalVisit({ container: 'XX' })])).toMatchObject({
      status: 'quarantined',
      reason: 'no_rows',
    })
  })
})

describe('a train roster', () => {
  async function containersOf(db: Db, code: string) {
    return db
      .selectFrom('currentTrainRoster')
      .innerJoin('trainRosterRow', 'trainRosterRow.workbookId', 'currentTrainRoster.workbookId')
      .select(['container', 'client', 'currentTrainRoster.destination'])
      .where('trainCode', '=', code)
      .orderBy('container')
      .execute()
  }

  test('sent again replaces the list of its train, and containers that nobody has seen are kept', async ({ db }) => {
    const [one, two] = [containerNumber(1), containerNumber(2)]
    const lists = [[one, two], [two]]
    for (const [day, list] of lists.entries()) {
      const entries = list.map((container) => aRosterEntry({ container, client: `Клиент ${day}` }))
      const receivedAt = new Date(Date.UTC(2025, 8, 1 + day))
      await importer(db)(await arrive(db, { ...dispatch, receivedAt, content: await aTrainRoster({ entries }) }))
    }
    expect(await containersOf(db, 'К25-073')).toMatchObject([{ container: two, client: 'Клиент 1' }])
  })

  test('of which no row is understood leaves the list of its train as it is', async ({ db }) => {
    const [whole, broken] = [aRosterEntry({ container: box }), aRosterEntry({ container: 'XX' })]
    await importer(db)(await arrive(db, { ...dispatch, content: await aTrainRoster({ entries: [whole] }) }))
    const id = await arrive(db, { ...dispatch, content: await aTrainRoster({ entries: [broken] }) })
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'quarantined', reason: 'no_rows' })
    expect(await containersOf(db, 'К25-073')).toMatchObject([{ container: box }])
  })

  test('without a train in its name waits for an admin', async ({ db }) => {
    const content = await aTrainRoster({ entries: [aRosterEntry()] })
    const id = await arrive(db, { ...dispatch, fileName: 'список.xlsx', content })
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'quarantined', reason: 'no_train_code' })
  })
})

test('the sample files are what they are', async ({ db }) => {
  const outcomes = []
  const receivedAt = new Date('2025-09-20')
  for (const path of await listSamples('files')) {
    const fileName = path.split('/').at(-1) ?? ''
    const id = await arrive(db, { origin: 'telegram', fileName, content: await readSample(path), receivedAt })
    await importer(db)(id)
    const { status, kind } = await stateOf(db, id)
    outcomes.push(`${kind} ${status}`)
  }
  expect(outcomes.toSorted()).toEqual(
    [
      'dislocation imported',
      // The short shape, after one that names parties.
      'dislocation quarantined',
      'terminal_report imported',
      ...Array.from({ length: 16 }, () => 'train_roster imported'),
    ].toSorted(),
  )
})

test('the odd messages end as they deserve', async ({ db }) => {
  const outcomes: string[] = []
  const expected: string[] = []
  const usual = await readSample('mail/20250918-1800-dislocation.eml')
  await importMessage(db, usual)
  for (const { mail, outcome } of await sampleOdd()) {
    const states = await importMessage(db, await readSample(mail))
    outcomes.push(`${mail} ${states}`)
    expected.push(
      `${mail} ${outcome
        .replace(/^imported.*/, 'imported')
        .replace('the stamp lies in the future of the message', 'future_stamp')
        .replace('unknown ', 'unknown_')}`,
    )
  }
  expect(outcomes).toEqual(expected)
})

async function importMessage(db: Db, raw: Buffer): Promise<string> {
  // Each is received when it says it was sent.
  const { attachments, sender = '', sentAt: receivedAt } = await unpackMessage(raw)
  const known = sender === 'cargolk@gvc.rzd.ru' ? 'robot@rail.example' : sender
  const states: string[] = []
  for (const { content, fileName } of attachments) {
    const id = await arrive(db, { content, fileName, sender: known, ...(receivedAt && { receivedAt }) })
    await importer(db)(id)
    const children = await db.selectFrom('workbook').select('id').where('parentId', '=', id).execute()
    for (const counted of children.length > 0 ? children.map((child) => child.id) : [id]) {
      const { status, reason } = await stateOf(db, counted)
      states.push(status === 'imported' ? status : `${status}: ${reason}`)
    }
  }
  return states.join(', ')
}
