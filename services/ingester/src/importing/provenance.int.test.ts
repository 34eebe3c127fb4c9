import { type Db, provenance, reviewQueue } from '@atermtrack/data'
import { aDislocationRow, aDislocationWorkbook, containerNumber, expect, recordQueues, test } from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { arrive, context, importer, readers } from '../testing/arrivals.ts'
import { createUndoImport } from './undo-import.ts'

const box = containerNumber(1)
const operation = 'Отправление вагона со станции (2)'

/** A report in which the box stands below `others` rows of other containers. */
async function aReport(db: Db, day: number, others: number): Promise<number> {
  const numbers = [...Array.from({ length: others }, (_, index) => containerNumber(index + 2)), box]
  const rows = numbers.map((number) =>
    aDislocationRow({ 'Номер контейнера': number, 'Дата и время операции': `0${day}.09.2025 06:30` }),
  )
  const receivedAt = new Date(`2025-09-0${day}T08:00:00Z`)
  const content = await aDislocationWorkbook({ rows, stamp: receivedAt })
  const id = await arrive(db, { content, fileName: `отчёт ${day}.xlsx`, receivedAt })
  await importer(db)(id)
  return id
}

test('names every row of every report that speaks of a container, with the state of its import', async ({ db }) => {
  const accepted = await aReport(db, 2, 30)
  const undone = await aReport(db, 3, 30)
  await aReport(db, 4, 30)
  const shrunk = await aReport(db, 5, 1)
  await reviewQueue.requestUndo(db, undone)
  const { queues } = recordQueues()
  const reading = {
    sourceZone: 'Europe/Moscow',
    terminalZone: 'Asia/Vladivostok',
    reading: defaultReadingSettings,
    readers,
  }
  await createUndoImport({ db, queues, adminChatIds: [], ...reading })({ workbookId: undone }, context)

  const { total, mentions } = await provenance.listMentions(db, box, { offset: 0, limit: 10 })
  expect(total).toBe(4)
  expect(mentions.map(({ id, status, reason }) => [id, status, reason])).toEqual([
    [shrunk, 'quarantined', 'shrunk'],
    [expect.any(Number), 'imported', null],
    [undone, 'quarantined', 'undone'],
    [accepted, 'imported', null],
  ])
  // Four lines stand above the rows, and the box is in the last one.
  expect(mentions.map(({ rows }) => rows)).toEqual(
    [6, 35, 35, 35].map((rowNumber) => [
      { sheet: 'Отчет', rowNumber, says: { kind: 'operation', operation, station: 'БЕЛОГОРСК', at: expect.any(Date) } },
    ]),
  )
  expect(await provenance.findOrigin(db, box)).toMatchObject({ fileName: 'отчёт 4.xlsx', rowNumber: 35 })
  expect(await provenance.listMentions(db, containerNumber(99), { offset: 0, limit: 10 })).toEqual({
    total: 0,
    mentions: [],
  })
})
