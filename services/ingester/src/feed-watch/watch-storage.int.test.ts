import { databaseSize, type Db } from '@atermtrack/data'
import { expect, readLedger, test } from '@atermtrack/testkit'
import { pino } from 'pino'
import { watchStorage } from './watch-storage.ts'

const logger = pino({ level: 'silent' })

async function texts(db: Db): Promise<readonly string[]> {
  return (await readLedger(db)).map(({ text }) => text)
}

test('admins hear once that the database is nearly full, and once that it has room again', async ({ db }) => {
  const size = await databaseSize(db)
  const look = async (share: number) =>
    watchStorage(db, { databaseLimitBytes: Math.round(size / share), path: undefined }, [11, 12], logger)
  expect(await look(0.5)).toEqual([])
  const rung = await Promise.all([look(0.9), look(0.9), look(0.9)])
  expect(rung.flat()).toHaveLength(2)
  expect(await look(0.77)).toEqual([])
  expect(await look(0.95)).toEqual([])
  expect(await look(0.5)).toHaveLength(2)
  const full = expect.stringMatching(/База данных почти заполнена.*\n.*\(90 %\)/)
  const well = expect.stringContaining('снова есть запас')
  expect(await texts(db)).toEqual([full, full, well, well])
})

test('a disk is looked at where the settings name a folder, and one that is not there is no fault', async ({ db }) => {
  const limit = { databaseLimitBytes: Number.MAX_SAFE_INTEGER }
  expect(await watchStorage(db, { ...limit, path: '/no/such/folder' }, [11], logger)).toEqual([])
  const { blocks, bavail } = await (await import('node:fs/promises')).statfs('/')
  const isFull = (blocks - bavail) / blocks >= 0.8
  expect(await watchStorage(db, { ...limit, path: '/' }, [11], logger)).toHaveLength(isFull ? 1 : 0)
})
