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
  /** Where replies go instead of the sender. */
  readonly replyTo?: string | undefined
}

export interface OutgoingMail {
  /** The Message-ID without brackets. It stays the same over attempts, so that a mail program can recognize a copy. */
  readonly messageId: string
  /** Offers to stop such mail by a message with this subject; undefined where there is nothing to stop. */
  readonly unsubscribeSubject?: string | undefined
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same as HTML. */
  readonly html?: string | undefined
  readonly attachment?: MailAttachment
  /** A picture inside the HTML, which names it `cid:<id>`. */
  readonly picture?: Pick<MailAttachment, 'read'> & { readonly id: string }
}

export interface MailAttachment {
  readonly fileName: string
  /** Its bytes from the beginning. They are asked for as fast as the server takes them. */
  readonly read: () => AsyncIterable<Uint8Array>
}

/** `unknown`: the connection broke after the whole message had left, so it may have arrived. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'temporary'; readonly code: number | undefined; readonly error: string }
  | { readonly kind: 'bad_address'; readonly code: number | undefined; readonly error: string }
  | { readonly kind: 'unknown'; readonly error: string }

export interface Mailer extends AsyncDisposable {
  /** The domain of the sender: Message-IDs end with it. */
  readonly domain: string
  /** Sends one message to one person. Failures of the server are outcomes, not errors. */
  send(mail: OutgoingMail): Promise<SendOutcome>
}

/** One call ends within it: the ledger treats a longer one as cut off. */
const callMs = 60_000
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const greetingMs = 4_000

/** Resolves when the mail server greets and, where it must, agrees on TLS. Does not log in: servers lock accounts that do so often. */
export async function greetMailServer(options: MailerOptions): Promise<void> {
  const limits = {
    connectionTimeout: greetingMs,
    greetingTimeout: greetingMs,
    socketTimeout: greetingMs,
    dnsTimeout: greetingMs,
  }
  const transport = createTransport({ ...serverOf(options), ...limits })
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

function serverOf({ host, port, secure, user }: MailerOptions) {
  // An attacker who strips the offer of TLS from the greeting must not see the login.
  return { host, port, secure, requireTLS: !secure && user !== undefined && !isLoopback(host) }
}

/** Opens a pool of connections to the mail server; it connects when the first message leaves. */
export function openMailer(options: MailerOptions): Mailer {
  const { user, password, from, replyTo } = options
  const transport = createTransport({
    pool: true,
    ...serverOf(options),
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
  const whole = new Set<unknown>()
  transport.use('stream', (mail, done) => {
    const { messageId } = mail.data
    mail.message.processFunc((input: Readable) => noticed(input, () => whole.add(messageId)))
    done()
  })
  return {
    domain: domainOf(from),
    async send(mail) {
      const messageId = `<${mail.messageId}>`
      try {
        const signal = AbortSignal.timeout(callMs)
        await transport.sendMail({ ...composed(mail, replyTo ?? from), from, replyTo, messageId, signal })
        return { kind: 'sent' }
      } catch (error) {
        return classify(error, whole.has(messageId))
      } finally {
        whole.delete(messageId)
      }
    },
    async [Symbol.asyncDispose]() {
      transport.close()
    },
  }
}

function composed({ to, subject, text, html, attachment, picture, unsubscribeSubject }: OutgoingMail, replyTo: string) {
  return {
    // As an object the address is not parsed for further recipients.
    to: { name: '', address: to },
    subject: subject.replace(/[\r\n\p{Cc}]+/gu, ' '),
    text,
    ...(html !== undefined && { html }),
    ...(unsubscribeSubject !== undefined && {
      list: { unsubscribe: `mailto:${addressOf(replyTo)}?subject=${encodeURIComponent(unsubscribeSubject)}` },
    }),
    attachments: [
      ...(attachment ? [{ filename: attachment.fileName, content: bytesOf(attachment), contentType: xlsxType }] : []),
      ...(picture
        ? [
            {
              filename: `${picture.id}.png`,
              cid: picture.id,
              content: bytesOf(picture),
              contentType: 'image/png',
              contentDisposition: 'inline' as const,
            },
          ]
        : []),
    ],
  }
}

function bytesOf({ read }: Pick<MailAttachment, 'read'>): Readable {
  return Readable.from(read(), { objectMode: false })
}

/** Calls back when the last byte was asked for: until then the server lacks the end of the message, and drops what it has. */
function noticed(input: Readable, onWhole: () => void): Readable {
  async function* bytes() {
    yield* input
    onWhole()
  }
  return Readable.from(bytes(), { objectMode: false, highWaterMark: 0 })
}

function classify(error: unknown, hasLeft: boolean): SendOutcome {
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
    // nodemailer itself refuses invalid addresses.
    if (command === 'API' && /recipient/i.test(text)) return { kind: 'bad_address', code, error: text }
    return hasLeft ? { kind: 'unknown', error: text } : { kind: 'temporary', code, error: text }
  }
  if (code < 500) return { kind: 'temporary', code, error: text }
  // A refused greeting or login is a fault that the operator repairs; 5.7.x is about our right to send, not about the mailbox.
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

/** The address of a sender such as `AtermTrack <robot@company.email>`. */
export function addressOf(sender: string): string {
  return /[^\s<>@]+@[^\s<>@]+/.exec(sender)?.[0] ?? sender
}
