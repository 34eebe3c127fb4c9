import { ConfigError } from '@atermtrack/runtime'
import { expect, test } from 'vitest'
import { envForWalk, planParts } from './plan-parts.ts'

test('an empty environment gets every embedded default', () => {
  expect(planParts({})).toEqual({
    postgres: 'embedded',
    redis: 'embedded',
    telegram: 'sandbox',
    mail: 'simulated',
    smtp: 'off',
  })
})

test('every part that the environment names is used', () => {
  const env = { DB_HOST: 'db', REDIS_URL: 'redis://r', BOT_TOKEN: '1:a', IMAP_SERVER: 'mail', SMTP_SERVER: 'mail' }
  expect(planParts(env)).toEqual({
    postgres: 'configured',
    redis: 'configured',
    telegram: 'configured',
    mail: 'imap',
    smtp: 'configured',
  })
})

test.each([
  ['an address', { DATABASE_URL: 'postgres://db/x' }, { postgres: 'configured' }],
  ['a secret in a file', { BOT_TOKEN_FILE: '/run/secrets/token' }, { telegram: 'configured' }],
  ['a folder of the user', { INBOX_DIR: '/srv/inbox' }, { mail: 'folder' }],
  ['a mailbox beside a folder', { INBOX_DIR: '/srv/inbox', IMAP_SERVER: 'mail' }, { mail: 'imap' }],
  ['empty variables', { DATABASE_URL: '', REDIS_URL: ' ' }, { postgres: 'embedded', redis: 'embedded' }],
])('%s decides', (_what, env, expected) => {
  expect(planParts(env)).toMatchObject(expected)
})

test('a Bot API without a token is refused', () => {
  expect(() => planParts({ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081' })).toThrow(ConfigError)
})

test('a walk uses neither people nor mail, and keeps the servers for data', () => {
  const env = envForWalk({
    BOT_TOKEN: '1:a',
    BOT_TOKEN_FILE: '/f',
    TELEGRAM_PROXY: 'socks5://p',
    IMAP_SERVER: 'mail',
    SMTP_SERVER: 'mail',
    INBOX_DIR: '/srv/inbox',
    ADMIN_CHAT_ID: '5',
    REDIS_URL: 'redis://r',
    DB_HOST: 'db',
    PATH: '/bin',
  })
  expect(env).toEqual({ REDIS_URL: 'redis://r', DB_HOST: 'db', PATH: '/bin' })
})
