import type { Db } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aMessage,
  aRosterEntry,
  aTerminalReport,
  aTerminalVisit,
  aTrainRoster,
  containerNumber,
  expect,
  test,
} from '@atermtrack/testkit'
import { importer, stateOf } from '../testing/arrivals.ts'
import { polling, settingsOf } from './polling.test-helper.ts'

const box = containerNumber(1)
const robot = 'robot@rail.example'
const forged = new Date('2099-01-01T00:00:00Z')
const longAgo = new Date('1970-01-01T00:00:00Z')
const hour = 3_600_000

async function dislocation(stamp: Date): Promise<Buffer> {
  const operated = new Date(Math.min(stamp.getTime(), Date.now()) - hour + 3 * hour).toISOString()
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(operated) ?? []
  const cells = {
    'Номер контейнера': box,
    'Дата и время операции': `${day}.${month}.${year} ${time}`,
    'Дата и время начала рейса': undefined,
  }
  return aDislocationWorkbook({ stamp, rows: [aDislocationRow(cells)] })
}

/** Puts a message with one file into the mailbox and takes it in as the service does; returns the workbook. */
async function deliver(
  { db, mailServer }: { readonly db: Db; readonly mailServer: DovecotServer },
  { from, date, fileName, content }: { from: string; date: Date; fileName: string; content: Buffer },
): Promise<number> {
  const messageId = `<${fileName.length}.${content.byteLength}.${date.getTime()}@test.example>`
  await mailServer.append(aMessage({ from, date, messageId, attachments: [{ fileName, content }] }))
  const { poll, stored } = polling(db, settingsOf(mailServer))
  expect(await poll()).toBe(1)
  await importer(db)(stored[0]!)
  return stored[0]!
}

test('a report of 2099 waits, and the true ones after it count, whatever date their mail has', async ({
  db,
  mailServer,
}) => {
  const place = { db, mailServer }
  const poison = await deliver(place, {
    from: robot,
    date: forged,
    fileName: 'a.xlsx',
    content: await dislocation(forged),
  })
  expect(await stateOf(db, poison)).toMatchObject({ status: 'quarantined', reason: 'future_stamp' })
  for (const [n, date] of [forged, longAgo, new Date()].entries()) {
    const content = await dislocation(new Date(Date.now() - (3 - n) * hour))
    const id = await deliver(place, { from: robot, date, fileName: `${n}.xlsx`, content })
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported', rowCount: 1 })
  }
})

test('a copy from 2099 confirms its report as of now', async ({ db, mailServer }) => {
  const place = { db, mailServer }
  const content = await dislocation(new Date(Date.now() - hour))
  const first = await deliver(place, { from: robot, date: new Date(), fileName: 'a.xlsx', content })
  await deliver(place, { from: robot, date: forged, fileName: 'a.xlsx', content })
  const { confirmedAt } = await stateOf(db, first)
  expect(Math.abs(Date.now() - (confirmedAt?.getTime() ?? 0))).toBeLessThan(60_000)
})

test('of two terminal reports and two lists the one that came last counts', async ({ db, mailServer }) => {
  const place = { db, mailServer }
  const visit = aTerminalVisit({ container: box, arrivedAt: new Date('2025-09-01T00:00:00Z') })
  for (const [client, date] of [
    ['ООО «Подделка»', forged],
    ['ООО «Правда»', longAgo],
  ] as const) {
    const content = await aTerminalReport({ shape: 'dump', visits: [{ ...visit, client }] })
    await deliver(place, { from: 'terminal@port.example', date, fileName: 'A-Terminal.xlsx', content })
    const list = await aTrainRoster({ entries: [aRosterEntry({ container: box, client })] })
    await deliver(place, { from: 'dispatch@port.example', date, fileName: 'КП К25-073 Селятино.xlsx', content: list })
  }
  expect(await db.selectFrom('terminalVisit').select('client').execute()).toEqual([{ client: 'ООО «Правда»' }])
  const listed = await db
    .selectFrom('currentTrainRoster')
    .innerJoin('trainRosterRow', 'trainRosterRow.workbookId', 'currentTrainRoster.workbookId')
    .select('client')
    .execute()
  expect(listed).toEqual([{ client: 'ООО «Правда»' }])
})
