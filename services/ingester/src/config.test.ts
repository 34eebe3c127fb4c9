import { describe, expect, test } from 'vitest'
import { readIngesterConfig, unprovenMailNote } from './config.ts'

const mailbox = { IMAP_SERVER: 'imap.example', IMAP_USER: 'robot', IMAP_PASS: 'imap-password' }
const base = { DATABASE_URL: 'postgres://127.0.0.1/x', ...mailbox }

describe('the settings of the ingester', () => {
  test('have sane defaults', () => {
    expect(readIngesterConfig(base)).toMatchObject({
      imap: { host: 'imap.example', port: 993, secure: true, mailbox: 'INBOX', proxy: undefined },
      maxMessageBytes: 60_000_000,
      maxAttachments: 200,
      lookLimitMs: 600_000,
      feeds: {
        silentMinutes: 360,
        imapDownMinutes: 15,
        workHours: { from: 480, until: 1_200, zone: 'Asia/Vladivostok' },
      },
    })
  })

  test('are read', () => {
    const env = {
      ...base,
      FEED_WORK_HOURS: '09:30-18:00',
      SCHEDULE_TIMEZONE: 'Europe/Moscow',
      MAIL_MAX_MESSAGE_MB: '5',
    }
    expect(readIngesterConfig(env)).toMatchObject({
      maxMessageBytes: 5_000_000,
      feeds: { workHours: { from: 570, until: 1_080, zone: 'Europe/Moscow' } },
    })
  })

  test('ask for the name of the mail server where proof is required', () => {
    const required = { ...base, MAIL_REQUIRE_PROOF: 'true' }
    expect(() => readIngesterConfig(required)).toThrow(/IMAP_AUTHSERV_ID: is needed with MAIL_REQUIRE_PROOF=true/)
    expect(readIngesterConfig({ ...required, IMAP_AUTHSERV_ID: 'mx.example' }).authservId).toBe('mx.example')
  })

  test('are remarked upon where mail is read and nobody is proved', () => {
    expect(unprovenMailNote(readIngesterConfig(base))).toMatch(/^IMAP_AUTHSERV_ID is not set/)
    expect(unprovenMailNote(readIngesterConfig({ ...base, IMAP_AUTHSERV_ID: 'mx.example' }))).toBeUndefined()
    expect(unprovenMailNote(readIngesterConfig({ DATABASE_URL: base.DATABASE_URL }))).toBeUndefined()
  })

  test('name their secrets', () => {
    const { imap, secrets } = readIngesterConfig({ ...base, MAIL_PROXY: 'http://me:proxy-p%40ss@proxy.example:1080' })
    expect(imap?.proxy).toBe('http://me:proxy-p%40ss@proxy.example:1080')
    expect(secrets).toEqual(expect.arrayContaining(['imap-password', 'proxy-p@ss']))
  })

  test.each([
    ['FEED_WORK_HOURS', 'all day'],
    ['MAIL_PROXY', 'ftp://proxy.example'],
    ['MAIL_PROXY', 'socks5://me:proxy-p%40ss@proxy.example:1080'],
    ['MAIL_MAX_ATTACHMENTS', '0'],
    ['IMAP_PASS', ''],
  ])('are refused when %s is %j', (name, value) => {
    expect(() => readIngesterConfig({ ...base, [name]: value })).toThrow(name)
  })
})
