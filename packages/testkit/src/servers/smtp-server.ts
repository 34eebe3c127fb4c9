import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { waitUntil } from '../wait-until.ts'

export type ReceivedMessage = {
  readonly from: string
  readonly to: readonly string[]
  /** The message as sent, with CRLF lines. */
  readonly raw: Buffer
}

/** How a recipient's address is answered, such as `{ code: 550, text: '5.1.1 no such user' }`. */
export type SmtpAnswer = { readonly code: number; readonly text: string }

export type TestSmtpServer = AsyncDisposable & {
  readonly host: string
  readonly port: number
  readonly messages: readonly ReceivedMessage[]
  /** Answers every RCPT TO of this address with an error until `accept` is called. */
  readonly refuse: (address: string, answer: SmtpAnswer) => void
  readonly accept: (address: string) => void
  /** The first message, past or coming, that fits; throws when none has come in time. */
  readonly waitForMessage: (
    fits: (message: ReceivedMessage) => boolean,
    options?: { readonly timeoutMs?: number },
  ) => Promise<ReceivedMessage>
}

/** Starts an SMTP server on 127.0.0.1 that keeps what it receives. With `auth`, mail is accepted after that login only. */
export async function startSmtpServer({
  auth,
}: { readonly auth?: { readonly user: string; readonly password: string } } = {}): Promise<TestSmtpServer> {
  const messages: ReceivedMessage[] = []
  const refused = new Map<string, SmtpAnswer>()
  const server = new SMTPServer({
    authOptional: auth === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth({ username, password }, _session, callback) {
      const isRight = username === auth?.user && password === auth?.password
      callback(isRight ? null : withCode({ code: 535, text: '5.7.8 wrong user or password' }), { user: username })
    },
    onRcptTo({ address }, _session, callback) {
      const answer = refused.get(address.toLowerCase())
      callback(answer && withCode(answer))
    },
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.once('end', () => {
        messages.push({ ...addressesOf(envelope), raw: Buffer.concat(chunks) })
        callback()
      })
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')

  return {
    host: '127.0.0.1',
    port: (listening.address() as AddressInfo).port,
    messages,
    refuse: (address, answer) => void refused.set(address.toLowerCase(), answer),
    accept: (address) => void refused.delete(address.toLowerCase()),
    waitForMessage: (fits, options) => waitUntil(() => messages.find(fits), { what: 'a fitting e-mail', ...options }),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  }
}

function withCode({ code, text }: SmtpAnswer): Error {
  return Object.assign(new Error(text), { responseCode: code })
}

function addressesOf({ mailFrom, rcptTo }: SMTPServerSession['envelope']) {
  return { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) }
}
