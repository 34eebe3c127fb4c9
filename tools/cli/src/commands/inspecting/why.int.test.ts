import { createHash } from 'node:crypto'
import { type Db, trainRosters, workbooks } from '@atermtrack/data'
import type { RosterEntry } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import { cli } from '../../cli.test-helper.ts'

/** Stores a list of a train with the container in row 7. */
async function storeList(db: Db, container: string): Promise<void> {
  const content = Buffer.from('К25-073')
  const receivedAt = new Date('2025-09-02T00:00:00Z')
  const sha256 = createHash('sha256').update(content).digest()
  const id = await workbooks.insert(db, { origin: 'mail', fileName: 'К25-073.xlsx', content, sha256, receivedAt })
  await workbooks.finish(db, id!, { status: 'imported', kind: 'train_roster', stamp: receivedAt, sheet: 'Лист1' })
  const entry = { rowNumber: 7, container } as RosterEntry
  const list = { workbookId: id!, trainCode: 'К25-073', destination: 'Селятино', sentAt: receivedAt, entries: [entry] }
  await db.transaction().execute((tx) => trainRosters.insert(tx, list))
}

test('shows which rows of which files speak of a container', async ({ db, databaseUrl }) => {
  await storeList(db, 'MSKU6011672')
  const { code, text } = await cli('why MSKU6011672 --json', { DATABASE_URL: databaseUrl })
  expect(code).toBe(0)
  expect(JSON.parse(text)).toMatchObject({
    ok: true,
    messages: ['The railway has not reported it: there is no position.'],
    tables: [
      [
        {
          file: 'К25-073.xlsx',
          status: 'imported',
          report: '2025-09-02T00:00:00.000Z',
          sheet: 'Лист1',
          row: 7,
          says: 'on the list of train К25-073',
        },
      ],
    ],
  })
  expect(await cli('why 123', { DATABASE_URL: databaseUrl })).toMatchObject({ code: 2 })
})
