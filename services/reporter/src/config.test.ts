import { describe, expect, test } from 'vitest'
import { readReporterConfig } from './config.ts'

const server = { SMTP_SERVER: 'mail.example.test' }

describe('the mail server', () => {
  test('is optional', () => {
    expect(readReporterConfig({}).smtp).toBeUndefined()
  })

  test.for([
    [{}, { port: 465, secure: true }],
    [{ SMTP_PORT: '587' }, { port: 587, secure: false }],
    [{ SMTP_SECURE: 'false' }, { port: 587, secure: false }],
    [
      { SMTP_PORT: '2465', SMTP_SECURE: 'true' },
      { port: 2465, secure: true },
    ],
  ] as const)('%o is reached at: %o', ([env, expected]) => {
    expect(readReporterConfig({ ...server, ...env, SMTP_FROM: 'robot@example.test' }).smtp).toMatchObject(expected)
  })

  test('sends in the name of its user where no sender is named', () => {
    expect(readReporterConfig({ ...server, SMTP_USER: 'robot@example.test' }).smtp?.from).toBe('robot@example.test')
  })

  test.for([{}, { SMTP_FROM: 'nobody' }, { SMTP_FROM: 'a@example.test\r\nBcc: b@example.test' }])(
    'is refused with the sender %o',
    (env) => {
      expect(() => readReporterConfig({ ...server, ...env })).toThrow(/SMTP_FROM/)
    },
  )
})

describe('replies', () => {
  const from = { ...server, SMTP_FROM: 'AtermTrack <Robot@example.test>' }
  const mailbox = { IMAP_SERVER: 'imap.example.test', IMAP_USER: 'robot@example.test' }

  test.for([
    [{}, false],
    [mailbox, true],
    [{ IMAP_USER: mailbox.IMAP_USER }, false],
    [{ ...mailbox, SMTP_REPLY_TO: 'office@example.test' }, false],
    [{ ...mailbox, SMTP_REPLY_TO: 'office@example.test', SMTP_REPLIES_READ: 'true' }, true],
    [{ IMAP_SERVER: 'x', IMAP_USER: 'office@example.test', SMTP_REPLY_TO: 'Офис <office@example.test>' }, true],
    [{ ...mailbox, SMTP_REPLIES_READ: 'no' }, false],
  ] as const)('with %o are read: %o', ([env, expected]) => {
    expect(readReporterConfig({ ...from, ...env }).repliesAreRead).toBe(expected)
  })

  test('go to an address', () => {
    expect(readReporterConfig({ ...from, SMTP_REPLY_TO: 'office@example.test' }).smtp?.replyTo).toBe(
      'office@example.test',
    )
    expect(() => readReporterConfig({ ...from, SMTP_REPLY_TO: 'nobody' })).toThrow(/SMTP_REPLY_TO/)
  })
})
