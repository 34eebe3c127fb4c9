import { expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as incomingDocuments from './incoming-documents.ts'
import * as people from '../people/people.ts'
import * as pendingRows from '../housekeeping/pending-rows.ts'
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

test('one that waits for a minute is claimed by the sweep, once', async ({ db }) => {
  const id = await aDocument(db, 1)
  const terms = { seconds: 60, limit: 10 }
  expect(await pendingRows.claim(db, 'fetch-document', terms)).toEqual([])
  await db
    .updateTable('incomingDocument')
    .set({ enqueuedAt: new Date(0) })
    .execute()
  expect(await pendingRows.claim(db, 'fetch-document', terms)).toEqual([{ id, kind: null, trace: null }])
  expect(await pendingRows.claim(db, 'fetch-document', terms)).toEqual([])
})

test('the pieces of an attempt become one stored file, and are forgotten', async ({ db }) => {
  const id = await aDocument(db, 1)
  const first = await anAttempt(db, id)
  await incomingDocuments.addPiece(db, first, { place: 0, content: Buffer.from('cut off') })
  const second = await anAttempt(db, id)
  await incomingDocuments.deleteStalePieces(db, second)
  // The pieces follow each other by place and not by arrival.
  await incomingDocuments.addPiece(db, second, { place: 1, content: Buffer.from('workbook') })
  await incomingDocuments.addPiece(db, second, { place: 0, content: Buffer.from('a ') })
  const sha256 = Buffer.alloc(32, 1)
  await incomingDocuments.storePieces(db, second, { sha256, size: 10 })
  expect(await db.selectFrom('blob').select('content').execute()).toEqual([{ content: Buffer.from('a workbook') }])
  expect(await countPieces(db)).toBe(0)
})

test('pieces that a crash of the server has emptied make no file', async ({ db }) => {
  const attempt = await anAttempt(db, await aDocument(db, 1))
  await incomingDocuments.addPiece(db, attempt, { place: 1, content: Buffer.from('end') })
  const storing = incomingDocuments.storePieces(db, attempt, { sha256: Buffer.alloc(32, 1), size: 10 })
  await expect(storing).rejects.toThrow('not all there')
  expect(await db.selectFrom('blob').select('sha256').execute()).toEqual([])
})

test('an empty document is a file too, and one that fails leaves no pieces', async ({ db }) => {
  const empty = await anAttempt(db, await aDocument(db, 1))
  await incomingDocuments.storePieces(db, empty, { sha256: Buffer.alloc(32, 1), size: 0 })
  expect(await db.selectFrom('blob').select('content').execute()).toEqual([{ content: Buffer.alloc(0) }])
  const failed = await anAttempt(db, await aDocument(db, 2))
  await incomingDocuments.addPiece(db, failed, { place: 0, content: Buffer.from('x') })
  await incomingDocuments.fail(db, failed.id, 'gone')
  expect(await countPieces(db)).toBe(0)
})

async function anAttempt(db: Db, id: number): Promise<incomingDocuments.PendingDocument> {
  const attempt = await incomingDocuments.beginAttempt(db, id)
  if (!attempt) throw new Error('the document does not wait')
  return attempt
}

async function countPieces(db: Db): Promise<number> {
  return (await db.selectFrom('incomingPiece').select('place').execute()).length
}

async function aDocument(db: Db, updateId: number): Promise<number> {
  const profile = { telegramId: 5, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  const file = { fileId: 'BQAC', fileName: 'a.xlsx', sentAt: new Date() }
  return incomingDocuments.insert(db, { updateId, purpose: 'import', personId, chatId: 5, ...file })
}
