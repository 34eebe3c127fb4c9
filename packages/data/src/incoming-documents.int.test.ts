import { expect, test } from '@atermtrack/testkit'
import type { Db } from './client.ts'
import * as incomingDocuments from './incoming-documents.ts'
import * as people from './people.ts'
import * as sweep from './sweep.ts'
import * as workbooks from './workbooks.ts'

test('an update brings one document, however often it is handled', async ({ db }) => {
  const id = await aDocument(db, 1)
  expect(await aDocument(db, 1)).toBe(id)
  expect(await aDocument(db, 2)).not.toBe(id)
})

test('a document ends once, as a workbook or as a failure', async ({ db }) => {
  const [stored, failed] = [await aDocument(db, 1), await aDocument(db, 2)]
  const workbookId = await workbooks.insert(db, {
    origin: 'telegram',
    fileName: 'a.xlsx',
    content: Buffer.from('x'),
    sha256: Buffer.alloc(32),
    receivedAt: new Date(),
  })
  expect(await incomingDocuments.beginAttempt(db, stored)).toMatchObject({ fileName: 'a.xlsx', chatId: 5 })
  await incomingDocuments.finish(db, stored, { workbookId })
  expect(await incomingDocuments.beginAttempt(db, stored)).toBeUndefined()
  expect(await incomingDocuments.claimPending(db, stored)).toBeUndefined()
  expect(await incomingDocuments.fail(db, stored, 'gone')).toBeUndefined()
  expect(await incomingDocuments.fail(db, failed, 'gone')).toMatchObject({ chatId: 5, fileName: 'a.xlsx' })
})

test('one that waits for a minute is taken by the sweep, once', async ({ db }) => {
  const id = await aDocument(db, 1)
  const patience = { seconds: 60, limit: 10 }
  expect(await sweep.takeDocuments(db, patience)).toEqual([])
  await db
    .updateTable('incomingDocument')
    .set({ enqueuedAt: new Date(0) })
    .execute()
  expect(await sweep.takeDocuments(db, patience)).toEqual([id])
  expect(await sweep.takeDocuments(db, patience)).toEqual([])
})

async function aDocument(db: Db, updateId: number): Promise<number> {
  const profile = { telegramId: 5, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  const file = { fileId: 'BQAC', fileName: 'a.xlsx', sentAt: new Date() }
  return incomingDocuments.insert(db, { updateId, purpose: 'import', personId, chatId: 5, ...file })
}
