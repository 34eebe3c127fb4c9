import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as chatUsage from './chat-usage.ts'

const chatId = -77
const aFile = { files: 1, bytes: 500 }

test('counts questions, files and bytes, each in a window of its own', async ({ db }) => {
  await chatUsage.count(db, chatId)
  await chatUsage.count(db, chatId, aFile)
  const usage = await chatUsage.count(db, chatId, aFile)
  expect(usage.questionsInMinute.used).toBe(3)
  expect(usage.filesInHour.used).toBe(2)
  expect(usage.bytesInDay.used).toBe(1_000)
  const rests = [usage.questionsInMinute, usage.filesInHour, usage.bytesInDay].map(({ restSeconds }) => restSeconds)
  expect(rests.map((rest, n) => rest > [30, 3_000, 86_000][n]! && rest <= [60, 3_600, 86_400][n]!)).toEqual([
    true,
    true,
    true,
  ])
})

test('begins again when a window is over', async ({ db }) => {
  await chatUsage.count(db, chatId, aFile)
  await sql`update chat_usage set minute_from = minute_from - interval '61 s'`.execute(db)
  const usage = await chatUsage.count(db, chatId, aFile)
  expect([usage.questionsInMinute.used, usage.filesInHour.used, usage.bytesInDay.used]).toEqual([1, 2, 1_000])
  await sql`update chat_usage set hour_from = hour_from - interval '61 min'`.execute(db)
  expect((await chatUsage.count(db, chatId, aFile)).filesInHour).toMatchObject({ used: 1 })
})

test('gives the first file the whole hour, however long its sender has asked before', async ({ db }) => {
  await chatUsage.count(db, chatId)
  await sql`update chat_usage set hour_from = hour_from - interval '50 min'`.execute(db)
  const { filesInHour } = await chatUsage.count(db, chatId, aFile)
  expect(filesInHour.used).toBe(1)
  expect(filesInHour.restSeconds).toBeGreaterThan(3_500)
})

test('loses none that are counted at the same time', async ({ db }) => {
  await Promise.all(Array.from({ length: 12 }, async () => chatUsage.count(db, chatId)))
  expect((await chatUsage.count(db, chatId)).questionsInMinute.used).toBe(13)
})
