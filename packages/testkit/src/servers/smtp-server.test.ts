import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { startSmtpServer, type TestSmtpServer } from './smtp-server.ts'

test('keeps a message with its envelope', async () => {
  await using server = await startSmtpServer()
  const arrival = server.waitForMessage(({ to }) => to.includes('b@example.test'))
  expect(await send(server, 'b@example.test')).toEqual(['250', '250', '354', '250'])
  expect(await arrival).toEqual({
    from: 'a@example.test',
    to: ['b@example.test'],
    raw: Buffer.from('Subject: Hello\r\n\r\nText\r\n'),
  })
})

test('refuses an address on request, until the refusal is cancelled', async () => {
  await using server = await startSmtpServer()
  server.refuse('b@example.test', { code: 451, text: '4.7.1 greylisted' })
  expect(await send(server, 'B@example.test')).toEqual(['250', '451'])
  server.accept('b@example.test')
  expect(await send(server, 'B@example.test')).toEqual(['250', '250', '354', '250'])
})

test('takes no mail without the login it asks for', async () => {
  await using server = await startSmtpServer({ auth: { user: 'robot', password: 'secret' } })
  expect(await send(server, 'b@example.test')).toEqual(['530'])
})

test('says what it waited for when no message comes', async () => {
  await using server = await startSmtpServer()
  await expect(server.waitForMessage(() => true, { timeoutMs: 30 })).rejects.toThrow(
    'waited 30 ms for a fitting e-mail',
  )
})

/** The codes of the answers to MAIL, RCPT, DATA and the message; stops at the first refusal. */
async function send({ host, port }: TestSmtpServer, to: string): Promise<readonly string[]> {
  const socket = connect({ host, port })
  await once(socket, 'connect')
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const code = async () => {
    for (;;) {
      const line = String((await lines.next()).value)
      if (line[3] !== '-') return line.slice(0, 3)
    }
  }
  await code()
  socket.write('EHLO test\r\n')
  await code()
  const codes: string[] = []
  for (const part of ['MAIL FROM:<a@example.test>', `RCPT TO:<${to}>`, 'DATA', 'Subject: Hello\r\n\r\nText\r\n.']) {
    socket.write(`${part}\r\n`)
    codes.push(await code())
    if (Number(codes.at(-1)) >= 400) break
  }
  socket.destroy()
  return codes
}
