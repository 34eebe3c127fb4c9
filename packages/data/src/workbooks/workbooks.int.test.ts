import { expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as workbooks from './workbooks.ts'

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
