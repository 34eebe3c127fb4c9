import { mkdtemp, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Db } from '@atermtrack/data'
import {
  aDislocationRow,
  aDislocationWorkbook,
  aMessage,
  containerNumber,
  expect,
  test,
  waitUntil,
  openHealth,
} from '@atermtrack/testkit'
import { fixedSettings } from '@atermtrack/settings'
import { pino } from 'pino'
import { readIngesterConfig } from './config.ts'
import { startIngester } from './ingester.ts'

const logger = pino({ level: 'silent' })

async function statuses(db: Db): Promise<readonly string[]> {
  return (await db.selectFrom('workbook').select('status').orderBy('id').execute()).map(({ status }) => status)
}

async function completedImports(db: Db, count: number): Promise<readonly string[]> {
  return waitUntil(
    async () => {
      const found = await statuses(db)
      return found.length >= count && !found.includes('pending') ? found : undefined
    },
    { what: `${count} completed imports`, timeoutMs: 50_000 },
  )
}

async function report(n: number): Promise<Buffer> {
  // A source of its own: one row would be far too few for the simulated one.
  const rows = [aDislocationRow({ 'Номер контейнера': containerNumber(n) })]
  return aDislocationWorkbook({ rows, reportNumber: String(700 + n) })
}

test('mail is imported as soon as it arrives', async ({ db, databaseUrl, redisUrl, queuePrefix, ownMailServer }) => {
  const config = readIngesterConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    IMAP_SERVER: ownMailServer.host,
    IMAP_PORT: String(ownMailServer.port),
    IMAP_SECURE: 'false',
    IMAP_USER: ownMailServer.user,
    IMAP_PASS: ownMailServer.password,
    DISLOCATION_SENDERS: '@rail.example',
  })
  const mail = async (n: number) =>
    ownMailServer.append(
      aMessage({ from: 'robot@rail.example', attachments: [{ fileName: `${n}.xlsx`, content: await report(n) }] }),
    )
  await mail(1)
  await using _ingester = await startIngester({ settings: fixedSettings(config), db, logger, health: openHealth() })
  expect(await completedImports(db, 1)).toEqual(['imported'])
  await mail(2)
  expect(await completedImports(db, 2)).toEqual(['imported', 'imported'])
  await ownMailServer.restart()
  await mail(3)
  expect(await completedImports(db, 3)).toEqual(['imported', 'imported', 'imported'])
})

test('the drop folder is read like a mailbox, each file once, and messages in it are taken apart', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const dir = await mkdtemp(join(tmpdir(), 'inbox-'))
  const written = 4
  for (let n = 1; n <= written; n += 1) {
    await writeFile(join(dir, `${n}.xlsx`), await report(n))
    await utimes(join(dir, `${n}.xlsx`), new Date(), new Date(Date.now() - n * 60_000))
  }
  const config = readIngesterConfig({
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    INBOX_DIR: dir,
  })
  {
    await using _ingester = await startIngester({ settings: fixedSettings(config), db, logger, health: openHealth() })
    await completedImports(db, written)
    const fresh = await report(7)
    await writeFile(join(dir, '.half'), fresh.subarray(0, 100))
    await writeFile(join(dir, '.half'), fresh)
    await utimes(join(dir, '.half'), new Date(), new Date(Date.now() - 60_000))
    await rename(join(dir, '.half'), join(dir, 'новый.xlsx'))
    await completedImports(db, written + 1)
    const message = aMessage({
      from: 'anyone@else.example',
      attachments: [{ fileName: 'x.xlsx', content: await report(8) }],
    })
    await writeFile(join(dir, 'письмо.eml'), message)
    await completedImports(db, written + 2)
    await writeFile(join(dir, 'пустое.eml'), aMessage({ subject: 'без вложений' }))
    expect((await completedImports(db, written + 3)).at(-1)).toBe('refused')
  }
  const before = await statuses(db)
  expect(before.filter((status) => status === 'quarantined')).toEqual([])
  expect(await readFile(join(dir, 'новый.xlsx'))).toHaveLength((await report(7)).length)

  await using _again = await startIngester({ settings: fixedSettings(config), db, logger, health: openHealth() })
  await writeFile(join(dir, 'после.xlsx'), await report(9))
  expect((await completedImports(db, before.length + 1)).slice(0, -1)).toEqual(before)
})
