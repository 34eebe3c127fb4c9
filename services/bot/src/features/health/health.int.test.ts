import { backupHealth, keepInstance, mailboxHealth, workbooks } from '@atermtrack/data'
import { expect, startRedis, test, waitUntil } from '@atermtrack/testkit'
import { createLogger } from '@atermtrack/runtime'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const health = { inspect: async () => [{ name: 'send-telegram', state: 'ok' as const, ms: 1 }] }

test('shows each server with its latency, and a stopped or silent one as such while the others answer', async ({
  db,
  queuePrefix,
}) => {
  await using redis = await startRedis()
  const { sandbox } = await startTestBot({ db, redisUrl: redis.url, queuePrefix, adminChatIds: [boris] })
  const away = async () => Promise.reject(Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }))
  await using _reporter = keepInstance({ db, service: 'reporter', health, servers: { smtp: away }, logger })
  await using _bot = keepInstance({ db, service: 'bot', health, logger })
  await waitUntil(async () => (await db.selectFrom('serviceInstance').select('id').execute()).length === 2, {
    what: 'two services',
  })
  await mailboxHealth.recordSuccess(db, 'box', 120)
  await backupHealth.recordSuccess(db, 7_600_000)
  await storePositions(db, [aPosition()])
  const admin = sandbox.person(boris)
  await admin.say('/health')
  const well = plain((await admin.waitForReply()).text)
  expect(well).toMatch(/🟢 База данных: \d+ мс, занимает .*, схема 0\d{3}/)
  expect(well).toMatch(/🟢 Redis: \d+ мс\n🟢 Telegram: \d+ мс/)
  expect(well).toMatch(/🟢 Входящая почта: вход за 120 мс, проверено \d+ с назад/)
  expect(well).toMatch(/🔴 Исходящая почта: не работает, ECONNREFUSED, проверено \d+ с назад/)
  expect(well).toMatch(/🟢 Резервная копия: .* \(МСК\+7\), 0 мин назад, 7,6 МБ/)
  expect(well).not.toContain('secret')
  expect(well).toMatch(/🟢 бот \d+\.\d+\.\d+: работает 0 мин, свободно .* из /)
  expect(well).toContain('🔴 приём файлов: не запущено ни одной копии')
  expect(well).toContain('Все пусты.')

  await mailboxHealth.recordFailure(db, 'box', { error: 'connect ECONNREFUSED <b>', loginRefused: false })
  await backupHealth.recordFailure(db, 'no room <b>')
  await db
    .updateTable('serviceInstance')
    .set({ seenAt: new Date(Date.now() - 240_000) })
    .where('service', '=', 'bot')
    .execute()
  await redis.stop()
  sandbox.faults.add({ kind: 'hang', method: 'getMe' })
  const startedAt = performance.now()
  await admin.press('🔄 Обновить')
  const broken = plain((await admin.waitForReply()).text)
  expect(performance.now() - startedAt).toBeLessThan(8_000)
  expect(broken).toMatch(/🟢 База данных: \d+ мс/)
  expect(broken).toContain('🔴 Redis: не работает')
  expect(broken).toContain('🔴 Telegram: не отвечает 2 с')
  expect(broken).toMatch(/🔴 Входящая почта: не читается с .*, connect ECONNREFUSED <b>/)
  expect(broken).toMatch(/🔴 Резервная копия: не удаётся с .*, no room <b>, .*7,6 МБ/)
  expect(broken).toContain('Redis не ответил')
})

test('shows what waits, what failed and who works it, and the age of each source', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const content = Buffer.from('x')
  const arrival = {
    origin: 'mail',
    fileName: 'a.xlsx',
    content,
    sha256: Buffer.alloc(32),
    receivedAt: new Date(),
  } as const
  await workbooks.insert(db, arrival)
  await db
    .updateTable('workbook')
    .set({ createdAt: new Date(Date.now() - 7_200_000), enqueuedAt: new Date(Date.now() - 7_200_000) })
    .execute()
  const { id } = await db
    .insertInto('source')
    .values({ kind: 'dislocation', sender: 'robot@rail.example', reportNumber: '103' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await storePositions(db, [aPosition()])
  await db.updateTable('workbook').set({ sourceId: id }).where('kind', '=', 'dislocation').execute()
  const [admin, other] = [sandbox.person(boris), sandbox.person(anna)]
  await admin.say('/health')
  const text = plain((await admin.waitForReply()).text)
  expect(text).toContain('🔴 import-workbook: ждут 1, самому давнему 2 ч, никто не разбирает')
  expect(text).toMatch(/🟡 .*robot@rail\.example, №103: 02\.09\.2025 15:00 \(МСК\+7\), .* назад/)
  expect(text).toContain('⚪ Исходящая почта: не настроена')
  expect(text).toContain('⚪ Резервная копия: эта система копий не делает')
  await other.say('/health')
  expect((await other.waitForReply()).text).toContain('Такой команды я не знаю')
})

function plain(text: string | undefined): string {
  return (text ?? '').replaceAll('\u00A0', ' ')
}
