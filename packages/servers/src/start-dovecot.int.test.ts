import { expect, test } from 'vitest'
import { imapCommand } from './imap-connection.ts'
import { type DovecotServer, startDovecot } from './start-dovecot.ts'

const message = Buffer.from('From: a@example.test\r\nSubject: Hello\r\n\r\nText\r\n')

test('keeps mail through a kill, with UIDs in the order of arrival', async () => {
  await using server = await startDovecot()
  expect(await server.append(message, { internalDate: new Date('2026-11-22T08:05:00Z'), flags: ['\\Seen'] })).toBe(1)
  await server.kill9()
  await expect(imapCommand(server, 'NOOP')).rejects.toThrow('ECONNREFUSED')
  await server.restart()
  expect(await server.append(message)).toBe(2)
})

test('gives a mailbox a new UIDVALIDITY on demand, keeping its messages', async () => {
  await using server = await startDovecot()
  await server.createMailbox('Reports')
  for (const mailbox of ['INBOX', 'Reports']) {
    const before = await appendedUid(server, mailbox)
    await server.resetUidValidity(mailbox)
    const after = await appendedUid(server, mailbox)
    expect(before.uid).toBe('1')
    expect(after.uid).toBe('2')
    expect(after.validity).not.toBe(before.validity)
  }
})

test('refuses a wrong password', async () => {
  await using server = await startDovecot({ users: [{ user: 'a', password: 'right' }] })
  await expect(imapCommand({ ...server, password: 'wrong' }, 'NOOP')).rejects.toThrow('AUTHENTICATIONFAILED')
})

test('opens accounts that do not see the mail of one another', async () => {
  await using server = await startDovecot({ users: [{ user: 'a', password: 'right' }] })
  const [one, other] = [server.openAccount(), server.openAccount()]
  expect([await one.append(message), await one.append(message), await other.append(message)]).toEqual([1, 2, 1])
  await one.resetUidValidity('INBOX')
  expect(await one.append(message)).toBe(3)
  expect(await other.append(message)).toBe(2)
})

test('does not let refused logins delay the next ones', async () => {
  await using server = await startDovecot()
  const startedAt = performance.now()
  for (let n = 0; n < 5; n += 1) {
    await expect(imapCommand({ ...server, password: 'wrong' }, 'NOOP')).rejects.toThrow('AUTHENTICATIONFAILED')
  }
  await server.append(message)
  // With its penalty Dovecot takes half a minute for these.
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})

async function appendedUid(server: DovecotServer, mailbox: string) {
  const answer = await imapCommand(server, `APPEND ${mailbox}`, message)
  return /APPENDUID (?<validity>\d+) (?<uid>\d+)/.exec(answer)?.groups as { validity: string; uid: string }
}
