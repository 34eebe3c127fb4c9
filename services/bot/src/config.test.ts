import { expect, test } from 'vitest'
import { readBotConfig } from './config.ts'

const token = '123456789:AAtokenOfATestThatIsLongEnough'

test('needs nothing but the token', () => {
  expect(readBotConfig({ BOT_TOKEN: token })).toMatchObject({
    policy: { mode: 'approval', adminChatIds: [], unnamed: 'hidden' },
    intake: { mode: 'polling' },
    isEmailOn: false,
    scheduleZone: 'Asia/Vladivostok',
    telegram: { token, apiRoot: 'https://api.telegram.org', proxy: undefined },
  })
})

test('names every missing setting, never a value', () => {
  expect(() => readBotConfig({})).toThrow(/BOT_TOKEN/)
  expect(() => readBotConfig({ BOT_TOKEN: 'not a token' })).toThrow(/^(?!.*not a token)/s)
  expect(() => readBotConfig({ BOT_TOKEN: token, BOT_MODE: 'webhook' })).toThrow(/WEBHOOK_URL[\s\S]*WEBHOOK_SECRET/)
})

test('keeps every secret out of the log', () => {
  const { secrets } = readBotConfig({
    BOT_TOKEN: token,
    DATABASE_URL: 'postgres://bot:p%40ssword@db/atermtrack',
    REDIS_URL: 'redis://:redis-password@redis:6379',
    TELEGRAM_PROXY: 'socks5://user:proxy-password@proxy:1080',
    WEBHOOK_SECRET: 'a-webhook-secret-of-a-test',
  })
  expect(secrets).toEqual(
    expect.arrayContaining([token, 'p@ssword', 'redis-password', 'proxy-password', 'a-webhook-secret-of-a-test']),
  )
})
