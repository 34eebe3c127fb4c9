import { audit, type Db, people, reviewQueue } from '@atermtrack/data'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aTerminalReport,
  aTerminalVisit,
  containerNumber,
  expect,
  readLedger,
  test,
  recordQueues,
} from '@atermtrack/testkit'
import { sendTelegram } from '@atermtrack/queue'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { adminChatId, arrive, context, importer, readers } from '../testing/arrivals.ts'
import { createRecordUndoFailure, createUndoImport } from './undo-import.ts'

const groupId = -1_001_234_567_890

function undoing(db: Db) {
  const { queues, take } = recordQueues()
  const dependencies = {
    db,
    sourceZone: 'Europe/Moscow',
    terminalZone: 'Asia/Vladivostok',
    reading: defaultReadingSettings,
    readers,
    adminChatIds: [adminChatId, groupId],
    queues,
  }
  const notified = () => take(sendTelegram).map(({ deliveryId }) => deliveryId)
  return { notified, undo: createUndoImport(dependencies), recordFailure: createRecordUndoFailure(dependencies) }
}

/** Imports a report that holds these containers, formed on this day of September 2025. */
async function aReport(db: Db, day: number, containers: readonly number[]): Promise<number> {
  const rows = containers.map((n) =>
    aDislocationRow({
      'Номер контейнера': containerNumber(n),
      'Дата и время операции': `0${day}.09.2025 06:30`,
    }),
  )
  const receivedAt = new Date(`2025-09-0${day}T08:00:00Z`)
  const id = await arrive(db, { content: await aDislocationWorkbook({ rows, stamp: receivedAt }), receivedAt })
  await importer(db)(id)
  return id
}

async function askFor(db: Db, workbookId: number, telegramId: number): Promise<void> {
  const { id: actorId } = await people.ensure(db, {
    telegramId,
    firstName: 'Анна',
    lastName: null,
    username: null,
    language: 'en',
  })
  expect(await reviewQueue.requestUndo(db, workbookId)).toBe(true)
  await audit.insert(db, { actorId, action: 'workbook.undo_requested', object: `workbook:${workbookId}` })
}

async function listNotices(db: Db) {
  return (await readLedger(db)).map(({ id, chatId, kind, text }) => ({ id, chatId, kind, text }))
}

test('the person who asked for an undo and every other admin are notified once, with the new state of the containers', async ({
  db,
}) => {
  await aReport(db, 2, [1, 2])
  const wrong = await aReport(db, 3, [1, 2, 3])
  await askFor(db, wrong, adminChatId)
  const { undo, notified } = undoing(db)
  await undo({ workbookId: wrong }, context)
  await undo({ workbookId: wrong }, context)
  const text = expect.stringContaining(
    '2 контейнера вернулись к прежним данным; 1 контейнера больше нет в базе: его знал только этот файл.',
  )
  const messages = await listNotices(db)
  expect(messages).toMatchObject([
    { chatId: adminChatId, kind: 'answer', text: expect.stringContaining(`№${wrong}`) },
    { chatId: groupId, kind: 'alert', text },
  ])
  expect(notified()).toEqual(messages.map(({ id }) => id))
})

test('an undo asked for on the command line is reported to the admins', async ({ db }) => {
  const id = await aReport(db, 2, [1])
  await reviewQueue.requestUndo(db, id)
  await undoing(db).undo({ workbookId: id }, context)
  expect((await listNotices(db)).map(({ chatId, kind }) => [chatId, kind])).toEqual([
    [adminChatId, 'alert'],
    [groupId, 'alert'],
  ])
})

test('an undo that fails time and again is reported once', async ({ db }) => {
  const id = await aReport(db, 2, [1])
  await askFor(db, id, adminChatId)
  const { recordFailure, notified } = undoing(db)
  await recordFailure({ workbookId: id }, new Error('the bytes are gone'))
  await recordFailure({ workbookId: id }, new Error('the bytes are gone'))
  expect((await listNotices(db)).map(({ text }) => text)).toEqual([
    expect.stringContaining('not undone yet'),
    expect.stringContaining('пока не отменён'),
  ])
  expect(notified()).toHaveLength(2)
  expect(await reviewQueue.find(db, id)).toMatchObject({ reasonDetail: 'the bytes are gone' })
})

test('the undo of a terminal report names the containers that no other report knows', async ({ db }) => {
  const sender = 'terminal@port.example'
  const visits = [1, 2].map((n) => aTerminalVisit({ container: containerNumber(n) }))
  const id = await arrive(db, { content: await aTerminalReport({ visits }), sender })
  await importer(db)(id)
  await reviewQueue.requestUndo(db, id)
  await undoing(db).undo({ workbookId: id }, context)
  expect((await listNotices(db))[0]?.text).toContain('2 контейнеров больше нет в базе: их знал только этот файл.')
})
