import { expect, test } from '@atermtrack/testkit'
import type { Db } from './client.ts'
import * as workbooks from './workbooks.ts'

test('replays a workbook that was not taken in, and no other', async ({ db }) => {
  const refused = await aWorkbook(db, 'refused.xlsx')
  const imported = await aWorkbook(db, 'imported.xlsx')
  await workbooks.finish(db, refused, { status: 'refused', reason: 'no_rows', reasonDetail: 'empty' })
  await workbooks.finish(db, imported, { status: 'imported' })

  expect(await workbooks.replay(db, refused)).toBe(true)
  expect(await workbooks.replay(db, imported)).toBe(false)
  expect(await workbooks.replay(db, 4_711)).toBe(false)
  expect(await workbooks.list(db, { status: 'pending', limit: 10 })).toMatchObject([
    { id: refused, fileName: 'refused.xlsx', reason: null, reasonDetail: null },
  ])
  expect(await workbooks.beginAttempt(db, refused)).toMatchObject({ attempts: 1 })
})

test('lists the newest arrivals first', async ({ db }) => {
  await aWorkbook(db, 'first.xlsx')
  await aWorkbook(db, 'second.xlsx')
  const names = (await workbooks.list(db, { limit: 10 })).map(({ fileName }) => fileName)
  expect(names).toEqual(['second.xlsx', 'first.xlsx'])
  expect(await workbooks.list(db, { limit: 1 })).toHaveLength(1)
})

async function aWorkbook(db: Db, fileName: string): Promise<number> {
  const id = await workbooks.insert(db, {
    origin: 'telegram',
    fileName,
    content: Buffer.from(fileName),
    sha256: Buffer.from(fileName.padEnd(32)),
    receivedAt: new Date(),
  })
  return id ?? 0
}
