import { appendFile, mkdir, mkdtemp, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Db } from '@atermtrack/data'
import { aMessage, expect, recordQueues, test, waitUntil } from '@atermtrack/testkit'
import { createDropFolder } from './drop-folder.ts'
import { logger } from './polling.test-helper.ts'

const maxFileBytes = 1_000_000
const aMinuteAgo = () => new Date(Date.now() - 60_000)

async function aFolder(db: Db) {
  const dir = await mkdtemp(join(tmpdir(), 'inbox-'))
  const folder = createDropFolder({ db, dir, queues: recordQueues().queues, now: () => new Date(), maxFileBytes })
  const put = async (name: string | Buffer, content: string | Buffer, at = aMinuteAgo()) => {
    const path = Buffer.concat([Buffer.from(`${dir}/`), Buffer.from(name)])
    await writeFile(path, content)
    await utimes(path, at, at)
  }
  const stored = async () => db.selectFrom('workbook').select(['fileName', 'receivedAt']).orderBy('fileName').execute()
  return { dir, put, stored, look: async () => folder.look(logger) }
}

test.for([
  ['1970-01-01T00:00:00Z', 'now'],
  ['1901-12-14T00:00:00Z', 'now'],
  ['2200-01-01T00:00:00Z', 'now'],
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
] as const)(
  'a file of %s counts as received %s, and so does what a message in it claims',
  async ([at, received], { db }) => {
    const { put, stored, look } = await aFolder(db)
    await put('a.csv', 'a;b', new Date(at))
    const attachments = [{ fileName: 'b.xlsx', content: Buffer.from('b') }]
    await put('b.eml', aMessage({ date: new Date('2099-01-01'), attachments }), new Date(at))
    expect(await look()).toBe(false)
    for (const { receivedAt } of await stored()) {
      const expected = received === 'now' ? Date.now() : Date.parse(received)
      expect(Math.abs(receivedAt.getTime() - expected)).toBeLessThan(30_000)
    }
    const sent = await db
      .selectFrom('workbook')
      .select('sentAt')
      .where('fileName', '=', 'b.xlsx')
      .executeTakeFirstOrThrow()
    expect(sent.sentAt!.getTime()).toBeLessThanOrEqual(Date.now())
    expect((await stored()).map(({ fileName }) => fileName)).toEqual(['a.csv', 'b.xlsx'])
  },
)

test('an entry that is no file, is empty or leads nowhere does not keep the others from being stored', async ({
  db,
}) => {
  const { dir, put, stored, look } = await aFolder(db)
  await mkdir(join(dir, '1.eml'))
  await symlink(join(dir, 'nowhere'), join(dir, '2.csv'))
  await symlink('/dev/zero', join(dir, '3.csv'))
  await put('4.csv', '')
  await put('5.csv', 'x'.repeat(maxFileBytes + 1))
  await put('6.csv', 'a;b')
  expect(await look()).toBe(false)
  expect((await stored()).map(({ fileName }) => fileName)).toEqual(['6.csv'])
})

test('a name that is no UTF-8, or shows what it is not, is taken and shown as it can be', async ({ db }) => {
  const { put, stored, look } = await aFolder(db)
  await put(Buffer.from([0xce, 0xf2, 0xf7, 0xb8, 0xf2, ...Buffer.from('.csv')]), 'a;b')
  await put('отчёт\n\u202Evsc.csv', 'c;d')
  await look()
  expect((await stored()).map(({ fileName }) => fileName)).toEqual(['Отчёт.csv', 'отчёт vsc.csv'])
})

test('a file that grows is taken when it is whole, whatever its time says', async ({ db }) => {
  const { dir, put, stored, look } = await aFolder(db)
  const future = new Date(Date.now() + 3_600_000)
  await put('a.csv', 'x'.repeat(900_000), future)
  const reading = look()
  const growing = (async () => {
    for (let n = 0; n < 50; n++) await appendFile(join(dir, 'a.csv'), 'y')
  })()
  await Promise.all([reading, growing])
  await utimes(join(dir, 'a.csv'), aMinuteAgo(), aMinuteAgo())
  await waitUntil(async () => !(await look()), { what: 'the file to be complete' })
  const { size } = await db.selectFrom('workbook').select('size').orderBy('id', 'desc').executeTakeFirstOrThrow()
  expect(size).toBe(900_050)
  expect((await stored()).length).toBeGreaterThan(0)
})
