import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'

export interface MailerOptions {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise the connection is upgraded when the server offers it. */
  readonly secure: boolean
  readonly user: string | undefined
  readonly password: string | undefined
  readonly from: string
}

export interface OutgoingMail {
  /** Stays the same over attempts, so that a mail program can tell a copy. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly attachment?: { readonly fileName: string; readonly content: Buffer }
}

/** `unknown`: the connection broke after the message had begun to leave, so it may have arrived. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'temporary'; readonly code: number | undefined; readonly error: string }
  | { readonly kind: 'bad_address'; readonly code: number | undefined; readonly error: string }
  | { readonly kind: 'unknown'; readonly error: string }

export interface Mailer extends AsyncDisposable {
  /** Sends one message to one person. Failures of the server are outcomes, not errors. */
  send(mail: OutgoingMail): Promise<SendOutcome>
}

/** One call ends within it: the ledger takes a longer one for cut off. */
const callMs = 60_000
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Opens a pool of connections to the mail server; it connects when the first message leaves. */
export function openMailer({ host, port, secure, user, password, from }: MailerOptions): Mailer {
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure,
    // A login is not shown to whoever strips the offer of TLS from the greeting.
    requireTLS: !secure && user !== undefined && !isLoopback(host),
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    maxConnections: 2,
    // Its own second try after a broken connection could send a message twice.
    maxRequeues: 0,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const leaving = new Set<unknown>()
  transport.use('stream', (mail, done) => {
    const { messageId } = mail.data
    mail.message.processFunc((input: Readable) => noticed(input, () => leaving.add(messageId)))
    done()
  })
  return {
    async send(mail) {
      const messageId = `<${mail.id}@${domainOf(from)}>`
      try {
        await transport.sendMail({ ...composed(mail), from, messageId, signal: AbortSignal.timeout(callMs) })
        return { kind: 'sent' }
      } catch (error) {
        return classify(error, leaving.has(messageId))
      } finally {
        leaving.delete(messageId)
      }
    },
    async [Symbol.asyncDispose]() {
      transport.close()
    },
  }
}

function composed({ to, subject, text, attachment }: OutgoingMail) {
  return {
    // As an object the address is not parsed for further recipients.
    to: { name: '', address: to },
    subject: subject.replace(/[\r\n\p{Cc}]+/gu, ' '),
    text,
    ...(attachment && {
      attachments: [{ filename: attachment.fileName, content: attachment.content, contentType: xlsxType }],
    }),
  }
}

/** Calls back when the first byte is asked for, which the connection does only after the server has agreed to DATA. */
function noticed(input: Readable, begins: () => void): Readable {
  async function* bytes() {
    begins()
    yield* input
  }
  return Readable.from(bytes(), { objectMode: false, highWaterMark: 0 })
}

function classify(error: unknown, hasBegun: boolean): SendOutcome {
  const {
    responseCode: code,
    command,
    message,
  } = error as {
    responseCode?: number
    command?: string
    message?: string
  }
  const text = message ?? String(error)
  if (code === undefined) {
    // nodemailer itself refuses what is no address at all.
    if (command === 'API' && /recipient/i.test(text)) return { kind: 'bad_address', code, error: text }
    return hasBegun ? { kind: 'unknown', error: text } : { kind: 'temporary', code, error: text }
  }
  if (code < 500) return { kind: 'temporary', code, error: text }
  // A refused greeting or login is the operator's to repair; 5.7.x is about our right to send, not about the mailbox.
  if (command !== 'MAIL FROM' && command !== 'RCPT TO' && command !== 'DATA')
    return { kind: 'temporary', code, error: text }
  const isMailbox = command === 'RCPT TO' && !/\b5\.7\.\d/.test(text)
  return { kind: isMailbox ? 'bad_address' : 'refused', code, error: text }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function domainOf(from: string): string {
  return /@([^\s<>@]+)/.exec(from)?.[1] ?? 'localhost'
}
