import { expect, test } from '@atermtrack/testkit'
import * as annotations from './annotations.ts'
import type { Db } from '../platform/client.ts'
import * as incomingDocuments from '../workbooks/incoming-documents.ts'
import * as people from '../people/people.ts'
import * as storedFiles from '../platform/stored-files.ts'
import * as workbooks from '../workbooks/workbooks.ts'

const sha256 = Buffer.alloc(32, 7)
const content = Buffer.from('a workbook')
const chatId = 5

test('a file is given back from the bytes that were stored', async ({ db }) => {
  const personId = await aPerson(db)
  await storedFiles.store(db, { sha256, content })
  const { id, isNew } = await annotations.insert(db, { personId, chatId, fileName: 'мои.xlsx', sha256 })
  expect(isNew).toBe(true)
  expect(Buffer.from(await storedFiles.readWhole(db, await annotations.getSource(db, id)))).toEqual(content)
})

test('while a file is being made for a chat it is not asked for twice', async ({ db }) => {
  const personId = await aPerson(db)
  await storedFiles.store(db, { sha256, content })
  await storedFiles.store(db, { sha256, content })
  const ask = { personId, chatId, fileName: 'мои.xlsx', sha256 }
  const { id } = await annotations.insert(db, ask)
  expect(await annotations.insert(db, ask)).toEqual({ id, isNew: false })
  expect(await annotations.insert(db, { ...ask, chatId: 6 })).toMatchObject({ isNew: true })
  await db.updateTable('report').set({ status: 'built' }).execute()
  expect(await annotations.insert(db, ask)).toMatchObject({ isNew: true })
})

test('a document is asked for once, by who sent it, at once or when it is fetched', async ({ db }) => {
  const personId = await aPerson(db)
  const [waiting, stored] = [await aDocument(db, personId, 1), await aDocument(db, personId, 2)]
  const workbookId = await workbooks.insert(db, {
    origin: 'telegram',
    fileName: 'мои.xlsx',
    content,
    sha256,
    receivedAt: new Date(),
  })
  await incomingDocuments.finish(db, stored, { workbookId })
  expect(await annotations.requestDocument(db, { documentId: waiting, personId: personId + 1 })).toBeUndefined()
  expect(await annotations.requestDocument(db, { documentId: waiting, personId })).toEqual({
    fileName: 'мои.xlsx',
    reportId: undefined,
  })
  expect(await incomingDocuments.claimPending(db, waiting)).toEqual({ purpose: 'both' })
  const asked = await annotations.requestDocument(db, { documentId: stored, personId })
  expect(asked?.reportId).toEqual(expect.any(Number))
  expect(Buffer.from(await storedFiles.readWhole(db, await annotations.getSource(db, asked?.reportId ?? 0)))).toEqual(
    content,
  )
  expect(await annotations.requestDocument(db, { documentId: stored, personId })).toBeUndefined()
})

test('a workbook is found for who brought it, and for nobody else but the admins', async ({ db }) => {
  const arrival = { origin: 'telegram', fileName: 'мои.xlsx', content, sha256, receivedAt: new Date() } as const
  const id = (await workbooks.insert(db, { ...arrival, replyChatId: chatId })) ?? 0
  expect(await annotations.findWorkbook(db, id, { chatId })).toMatchObject({ fileName: 'мои.xlsx', sha256 })
  expect(await annotations.findWorkbook(db, id, { chatId: 6 })).toBeUndefined()
  expect(await annotations.findWorkbook(db, id, { chatId: undefined })).toMatchObject({ id })
})

async function aPerson(db: Db): Promise<number> {
  const profile = { telegramId: chatId, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  return (await people.ensure(db, profile)).id
}

async function aDocument(db: Db, personId: number, updateId: number): Promise<number> {
  const file = { fileId: 'BQAC', fileName: 'мои.xlsx', sentAt: new Date() }
  return incomingDocuments.insert(db, { updateId, purpose: 'import', personId, chatId, ...file })
}
