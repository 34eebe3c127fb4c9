import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as mailbox from './mailbox.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import * as workbooks from '../workbooks/workbooks.ts'

const key = { mailbox: 'box', uidValidity: 1, uid: 1 }
const far = new Date('2099-01-01T00:00:00Z')

async function databaseClock(db: Db): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select now() as at`.execute(db)
  return rows[0]!.at
}

async function arrive(db: Db, { receivedAt, sentAt }: { receivedAt: Date; sentAt?: Date }): Promise<number> {
  const content = Buffer.from(receivedAt.toISOString())
  const sha256 = Buffer.from(receivedAt.toISOString().padEnd(32))
  return (await workbooks.insert(db, { origin: 'mail', fileName: 'a.xlsx', content, sha256, receivedAt, sentAt }))!
}

describe('what is stored', () => {
  test('is never received ahead of the clock of the database, nor sent after its receipt', async ({ db }) => {
    const before = await databaseClock(db)
    await mailbox.insertMessage(db, { ...key, status: 'stored', receivedAt: far, sentAt: far })
    await arrive(db, { receivedAt: far, sentAt: new Date('-271821-04-20T00:00:00.000Z') })
    const message = await db.selectFrom('mailMessage').select(['receivedAt', 'sentAt']).executeTakeFirstOrThrow()
    const workbook = await db.selectFrom('workbook').select(['receivedAt', 'sentAt']).executeTakeFirstOrThrow()
    const after = await databaseClock(db)
    for (const { receivedAt } of [message, workbook]) {
      expect(receivedAt >= before && receivedAt <= after).toBe(true)
    }
    expect(message.sentAt).toEqual(message.receivedAt)
    expect(workbook.sentAt).toEqual(new Date('1990-01-01T00:00:00Z'))
  })
})

describe('a database of an earlier release', () => {
  test('gets a receipt for every row, and nothing in it is ahead of that', async ({ db }) => {
    const receivedAt = new Date('2026-01-02T00:00:00Z')
    const roster = await arrive(db, { receivedAt })
    const odd = await arrive(db, { receivedAt: new Date('2026-01-03T00:00:00Z') })
    const train = { trainCode: 'К25-073', destination: undefined, sentAt: far, entries: [] }
    await db.transaction().execute((tx) => trainRosters.insert(tx, { workbookId: roster, ...train }))
    await mailbox.insertMessage(db, { ...key, status: 'stored', receivedAt })
    await sql`alter table mail_message alter column received_at drop not null`.execute(db)
    await sql`update mail_message set received_at = null`.execute(db)
    await db.updateTable('workbook').set({ kind: 'train_roster', stamp: far }).where('id', '=', roster).execute()
    await db
      .updateTable('workbook')
      .set({ receivedAt: far, sentAt: far, confirmedAt: far })
      .where('id', '=', odd)
      .execute()

    const migration = new URL('../../../../migrations/0092_receipt_times.sql', import.meta.url)
    await sql.raw(await readFile(migration, 'utf8')).execute(db)

    const message = await db.selectFrom('mailMessage').select(['receivedAt', 'createdAt']).executeTakeFirstOrThrow()
    expect(message.receivedAt).toEqual(message.createdAt)
    const rows = await db
      .selectFrom('workbook')
      .select(['receivedAt', 'createdAt', 'sentAt', 'confirmedAt', 'stamp'])
      .orderBy('id')
      .execute()
    const clock = await databaseClock(db)
    expect(rows[0]).toMatchObject({ receivedAt, stamp: receivedAt })
    expect(rows[1]?.receivedAt).toEqual(rows[1]?.createdAt)
    expect(rows[1]?.sentAt).toEqual(rows[1]?.createdAt)
    expect(rows[1]?.confirmedAt!.getTime()).toBeLessThanOrEqual(clock.getTime())
    expect(await db.selectFrom('trainRoster').select('sentAt').execute()).toEqual([{ sentAt: receivedAt }])
  })
})
