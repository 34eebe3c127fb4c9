import { type Db, everything, reviewQueue, trains } from '@atermtrack/data'
import { type DeclaredRoster, parseTrainCode } from '@atermtrack/domain'
import { aDislocationRow, aDislocationWorkbook, containerNumber, expect, recordQueues, test } from '@atermtrack/testkit'
import { arrive, context, importer, readers, stateOf } from '../testing/arrivals.ts'
import { createUndoImport } from './undo-import.ts'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'

const containers = [0, 1].map(containerNumber)
const list = Buffer.from(`\uFEFFКонтейнер\r\n${containers.join('\r\n')}\r\n`)
const sentAt = new Date('2025-09-01T05:00:00Z')

function declare(code: string, fields: Partial<DeclaredRoster> = {}): DeclaredRoster {
  return { kind: 'train_roster', trainCode: parseTrainCode(code)!, destination: 'Селятино', sentAt, ...fields }
}

async function bring(db: Db, content: Uint8Array, declared: DeclaredRoster): Promise<number> {
  const id = await arrive(db, { content, fileName: 'список.csv', origin: 'telegram', sender: '', declared })
  await importer(db)(id)
  return id
}

async function trainOf(db: Db, code: string) {
  const { known } = await trains.find(db, [code], everything)
  return known[0] && { ...known[0], rows: known[0].rows.map(({ container }) => container) }
}

test('a bare list is the list of the train that its sender names, also when it is undone and accepted again', async ({
  db,
}) => {
  const id = await bring(db, list, declare('К25-101'))
  const train = { code: 'К25-101', destination: 'Селятино', sentAt, rows: containers }
  expect(await trainOf(db, 'К25-101')).toMatchObject(train)
  const { queues } = recordQueues()
  const zones = { sourceZone: 'Europe/Moscow', terminalZone: 'Asia/Vladivostok' }
  const undo = createUndoImport({ db, readers, queues, ...zones, reading: defaultReadingSettings, adminChatIds: [] })
  await undo({ workbookId: id }, context)
  expect(await trainOf(db, 'К25-101')).toBeUndefined()
  await db.updateTable('workbook').set({ status: 'pending', reason: null }).where('id', '=', id).execute()
  await importer(db)(id)
  expect(await trainOf(db, 'К25-101')).toMatchObject(train)
  expect(await reviewQueue.find(db, id)).toMatchObject({ status: 'imported', kind: 'train_roster' })
})

test('the same bytes are the list of another train, where their sender says so, and once of each', async ({ db }) => {
  await bring(db, list, declare('К25-101'))
  const other = await bring(db, list, declare('К25-102', { sentAt: new Date('2025-09-30T00:00:00Z') }))
  // Nothing leaves after its list has come.
  expect(await trainOf(db, 'К25-102')).toMatchObject({ rows: containers, sentAt: new Date('2025-09-05T00:00:00Z') })
  expect(await stateOf(db, other)).toMatchObject({ status: 'imported' })
  const again = await bring(db, list, declare('К25-101'))
  expect(await stateOf(db, again)).toMatchObject({ status: 'duplicate' })
})

test('a report that its sender calls a list is one, and a file without numbers is none', async ({ db }) => {
  const report = await aDislocationWorkbook({ rows: [aDislocationRow({ 'Номер контейнера': containers[0] })] })
  await bring(db, report, declare('К25-103'))
  expect(await trainOf(db, 'К25-103')).toMatchObject({ rows: [containers[0]] })
  expect(await db.selectFrom('position').select('container').execute()).toEqual([])
  const empty = await bring(db, Buffer.from('Товар;Цена;Кол-во\r\nстол;5;1\r\n'), declare('К25-104'))
  expect(await stateOf(db, empty)).toMatchObject({ status: 'quarantined', reason: 'unknown_layout' })
})
