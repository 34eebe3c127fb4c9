import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, onTestFinished, startSmtpServer, test } from '@atermtrack/testkit'
import { type Mailer, type MailerOptions, openMailer } from './mailer.ts'

const mail = {
  messageId: 'delivery-7.x@aterm.test',
  to: 'anna@example.test',
  subject: 'Дислокация',
  text: 'Во вложении',
}

function connectTo({ host, port }: { readonly host: string; readonly port: number }, options?: Partial<MailerOptions>) {
  const from = 'AtermTrack <robot@aterm.test>'
  return openMailer({ host, port, secure: false, user: undefined, password: undefined, from, ...options })
}

describe('a message', () => {
  test('asks for replies where they are read', async () => {
    await using server = await startSmtpServer()
    await using mailer = connectTo(server, { replyTo: 'Диспетчер <reports@aterm.test>' })
    await mailer.send({ ...mail, unsubscribeSubject: 'unsubscribe' })
    const raw = String(server.messages[0]!.raw)
    expect(raw).toMatch(/^Reply-To: .*<reports@aterm\.test>/mu)
    expect(raw).toContain('List-Unsubscribe: <mailto:reports@aterm.test?subject=unsubscribe>')
    expect(raw).toMatch(/^From: .*robot@aterm\.test/mu)
  })

  test('reaches its one recipient with its attachment and a lasting id', async () => {
    await using server = await startSmtpServer()
    await using mailer = connectTo(server)
    const attachment = { fileName: 'Дислокация 22.11.2026 09-00.xlsx', read: () => pieces('PK') }
    expect(await mailer.send({ ...mail, attachment })).toEqual({ kind: 'sent' })
    const { to, from, raw } = server.messages[0]!
    expect({ to, from }).toEqual({ to: ['anna@example.test'], from: 'robot@aterm.test' })
    expect(String(raw)).toContain('Message-ID: <delivery-7.x@aterm.test>')
    expect(String(raw)).toContain('UEs=')
  })

  test('offers to stop by a message to the sender where there is something to stop', async () => {
    await using server = await startSmtpServer()
    await using mailer = connectTo(server)
    await mailer.send({ ...mail, unsubscribeSubject: `unsubscribe ${mail.messageId}` })
    await mailer.send({ ...mail, messageId: 'other@aterm.test' })
    const [offering, plain] = server.messages.map(({ raw }) => String(raw).replaceAll(/\r\n[ \t]+/g, ' '))
    expect(offering).toContain(
      'List-Unsubscribe: <mailto:robot@aterm.test?subject=unsubscribe%20delivery-7.x%40aterm.test>',
    )
    expect(plain).not.toContain('List-Unsubscribe')
  })

  test('accepts no further header or recipient from its subject or address', async () => {
    await using server = await startSmtpServer()
    await using mailer = connectTo(server)
    await mailer.send({ ...mail, subject: 'Отчёт\r\nBcc: eve@example.test' })
    const sly = await mailer.send({ ...mail, messageId: 'sly@aterm.test', to: 'anna@example.test, eve@example.test' })
    expect(sly.kind).not.toBe('sent')
    expect(server.messages.flatMap(({ to }) => to)).toEqual(['anna@example.test'])
    expect(String(server.messages[0]!.raw)).not.toMatch(/^Bcc/im)
  })
})

test('a large attachment is asked for as fast as the server takes it', async () => {
  let asked = 0
  let mostAhead = 0
  const server = await startReader((received) => (mostAhead = Math.max(mostAhead, asked * pieceBytes - received)))
  await using mailer = connectTo(server)
  async function* read() {
    for (; asked < 160; asked += 1) yield randomBytes(pieceBytes)
  }
  expect(await mailer.send({ ...mail, attachment: { fileName: 'Отчёт.xlsx', read } })).toEqual({ kind: 'sent' })
  expect(asked).toBe(160)
  // The buffers of the kernel for both sides, and not the 40 MB of the file.
  expect(mostAhead).toBeLessThan(20 * 1024 * 1024)
})

describe('a refusal', () => {
  test.for([
    [550, '5.1.1 no such user', 'bad_address'],
    [554, '5.7.1 relay access denied', 'refused'],
    [451, '4.7.1 greylisted', 'temporary'],
  ] as const)('%i %s of the recipient is: %s', async ([code, text, kind]) => {
    await using server = await startSmtpServer()
    await using mailer = connectTo(server)
    server.refuse(mail.to, { code, text })
    expect(await mailer.send(mail)).toMatchObject({ kind, code })
    server.accept(mail.to)
    expect(await mailer.send(mail)).toEqual({ kind: 'sent' })
  })

  test('of the login is not the end of a message', async () => {
    await using server = await startSmtpServer({ auth: { user: 'robot', password: 'secret' } })
    await using wrong = connectTo(server, { user: 'robot', password: 'guess' })
    expect(await wrong.send(mail)).toMatchObject({ kind: 'temporary', code: 535 })
    await using right = connectTo(server, { user: 'robot', password: 'secret' })
    expect(await right.send(mail)).toEqual({ kind: 'sent' })
  })
})

describe('a connection that breaks', () => {
  test('with a refusal of any service leaves the message unsent', async () => {
    const mailer = await brokenAt('QUIT', '554 no service here')
    expect(await mailer.send(mail)).toMatchObject({ kind: 'temporary', code: 554 })
  })

  test('before the message begins leaves it unsent', async () => {
    const mailer = await brokenAt('RCPT')
    expect(await mailer.send(mail)).toMatchObject({ kind: 'temporary' })
  })

  test('in the middle of the message leaves its fate unknown', async () => {
    const mailer = await brokenAt('.')
    expect(await mailer.send(mail)).toMatchObject({ kind: 'unknown' })
  })

  test('before the end of its attachment leaves the message unsent', async () => {
    await using server = await startSmtpServer()
    await using mailer = connectTo(server)
    async function* read() {
      yield randomBytes(300_000)
      throw new Error('the database is away')
    }
    const attachment = { fileName: 'Отчёт.xlsx', read }
    expect(await mailer.send({ ...mail, attachment })).toMatchObject({ kind: 'temporary' })
    expect(server.messages).toEqual([])
    expect(await mailer.send(mail)).toEqual({ kind: 'sent' })
  })

  test('before it is open leaves the message unsent', async () => {
    const server = await startSmtpServer()
    await server[Symbol.asyncDispose]()
    await using mailer = connectTo(server)
    expect(await mailer.send(mail)).toMatchObject({ kind: 'temporary' })
  })
})

async function* pieces(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text)
}

const pieceBytes = 256 * 1024

/** A server that agrees to everything and calls back with the bytes of the message that it has read so far. */
async function startReader(onRead: (received: number) => void) {
  const server = createServer((socket) => {
    let received: number | undefined
    socket.on('error', () => undefined)
    socket.write('220 ready\r\n')
    socket.on('data', (chunk) => {
      if (received === undefined) {
        const isData = /^DATA/m.test(String(chunk))
        if (isData) received = 0
        const verbs = String(chunk).split('\r\n').filter(Boolean)
        return verbs.forEach((verb) => socket.write(verb === 'DATA' ? '354 go on\r\n' : '250 fine\r\n'))
      }
      received += chunk.length
      onRead(received)
      if (chunk.subarray(-5).toString() === '\r\n.\r\n') socket.write('250 taken\r\n')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

/** A mailer whose server agrees to everything until a line that starts with `word`, and then hangs up. */
async function brokenAt(word: string, greeting = '220 ready'): Promise<Mailer> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined)
    socket.write(`${greeting}\r\n`)
    socket.on('data', (chunk) => {
      for (const line of String(chunk).split('\r\n').filter(Boolean)) {
        if (line.startsWith(word)) socket.destroy()
        else if (line === 'DATA') socket.write('354 go on\r\n')
        else if (/^(EHLO|MAIL|RCPT)/.test(line)) socket.write('250 fine\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const mailer = connectTo({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  onTestFinished(async () => {
    await mailer[Symbol.asyncDispose]()
    server.close()
  })
  return mailer
}
