import { databaseSize, type Db } from '@atermtrack/data'
import { sendTelegram } from '@atermtrack/queue'
import { expect, readLedger, recordQueues, test } from '@atermtrack/testkit'
import { pino } from 'pino'
import { type StorageSettings, watchStorage } from './watch-storage.ts'

const logger = pino({ level: 'silent' })

/** One look; returns how many messages to the admins were enqueued. */
async function lookOnce(db: Db, settings: StorageSettings, admins: readonly number[]): Promise<number> {
  const { queues, take } = recordQueues()
  await watchStorage({ db, queues }, settings, admins, logger)
  return take(sendTelegram).length
}

async function texts(db: Db): Promise<readonly string[]> {
  return (await readLedger(db)).map(({ text }) => text)
}

test('admins are notified once that the database is nearly full, and once that it has room again', async ({ db }) => {
  const size = await databaseSize(db)
  const look = async (share: number) =>
    lookOnce(db, { databaseLimitBytes: Math.round(size / share), path: undefined }, [11, 12])
  expect(await look(0.5)).toBe(0)
  const [one, other, third] = await Promise.all([look(0.9), look(0.9), look(0.9)])
  expect(one + other + third).toBe(2)
  expect(await look(0.77)).toBe(0)
  expect(await look(0.95)).toBe(0)
  expect(await look(0.5)).toBe(2)
  const full = expect.stringMatching(/База данных почти заполнена.*\n.*\(90 %\)/)
  const well = expect.stringContaining('снова есть запас')
  expect(await texts(db)).toEqual([full, full, well, well])
})

test('a disk is looked at where the settings name a folder, and one that is not there is no fault', async ({ db }) => {
  const limit = { databaseLimitBytes: Number.MAX_SAFE_INTEGER }
  expect(await lookOnce(db, { ...limit, path: '/no/such/folder' }, [11])).toBe(0)
  const { blocks, bavail } = await (await import('node:fs/promises')).statfs('/')
  const isFull = (blocks - bavail) / blocks >= 0.8
  expect(await lookOnce(db, { ...limit, path: '/' }, [11])).toBe(isFull ? 1 : 0)
})
