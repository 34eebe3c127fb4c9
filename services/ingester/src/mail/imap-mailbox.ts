import { ImapFlow } from 'imapflow'
import type { Logger } from 'pino'

export interface ImapSettings {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly user: string
  readonly password: string
  readonly mailbox: string
  /** http://, https:// or socks5://, with login if need be. */
  readonly proxy?: string | undefined
}

export interface MessageOutline {
  readonly uid: number
  /** In bytes. */
  readonly size: number
  readonly receivedAt: Date
}

/** An open, read-only mailbox. Any call may throw when the connection is lost; then it is done with and another is opened. */
export interface ImapMailbox extends AsyncDisposable {
  readonly uidValidity: number
  /** The UID that the next message will have at least. */
  readonly nextUid: number
  /** Outlines of the messages above `uid`, or received since a day, by rising UID. */
  listAbove(uid: number): Promise<readonly MessageOutline[]>
  listSince(since: Date): Promise<readonly MessageOutline[]>
  /** The raw message, or undefined when it is gone. */
  fetchRaw(uid: number): Promise<Uint8Array | undefined>
  /** Resolves when the server tells of a change (`news`), when `signal` aborts, or when the line was probed and is alive. */
  waitForNews(signal: AbortSignal): Promise<'news' | 'quiet'>
}

/** The server refused the login: trying again only gets the account locked. */
export class MailLoginRefused extends Error {
  override readonly name = 'MailLoginRefused'
}

export interface ImapOptions {
  readonly logger: Logger
  /** Closes the connection at once, whatever it waits for. */
  readonly signal?: AbortSignal
  /** How long a line may stay silent in the middle of a command. */
  readonly silenceMs?: number
}

/** Connects and opens the mailbox read-only: people read it too, and its flags are theirs. */
export async function openImapMailbox(settings: ImapSettings, options: ImapOptions): Promise<ImapMailbox> {
  const { logger, signal } = options
  signal?.throwIfAborted()
  const client = createClient(settings, options)
  const hangUp = () => client.close()
  signal?.addEventListener('abort', hangUp, { once: true })
  // Both must be heard before connecting: an unheard error kills the process, and a server that hangs up only closes.
  client.on('error', (error: Error) => logger.warn({ err: error }, 'the mail connection failed'))
  try {
    await client.connect()
    const mailbox = await client.mailboxOpen(settings.mailbox, { readOnly: true })
    const box = onClient(client, Number(mailbox.uidValidity), mailbox.uidNext)
    return {
      ...box,
      async [Symbol.asyncDispose]() {
        signal?.removeEventListener('abort', hangUp)
        hangUp()
      },
    }
  } catch (error) {
    signal?.removeEventListener('abort', hangUp)
    hangUp()
    if (isLoginRefusal(error)) throw new MailLoginRefused('the mail server refused the login', { cause: error })
    throw error
  }
}

function createClient(
  { host, port, secure, user, password, proxy }: ImapSettings,
  { logger, silenceMs = 30_000 }: ImapOptions,
): ImapFlow {
  return new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass: password },
    // Who asks for a plain connection gets encryption where the server has it, whoever signed its certificate.
    ...(!secure && { tls: { rejectUnauthorized: false } }),
    logger: logger.child({ part: 'imap' }, { level: logger.isLevelEnabled('warn') ? 'warn' : logger.level }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    // Noticed by the library's own timer, some seconds later at most.
    socketTimeout: silenceMs,
    ...(proxy !== undefined && { proxy }),
    maxIdleTime: 4 * 60_000,
    disableAutoIdle: true,
  })
}

/** Codes of RFC 5530 by which a server says that the refusal has nothing to do with the password. */
const passingRefusals: readonly unknown[] = ['UNAVAILABLE', 'LIMIT', 'INUSE', 'SERVERBUG']

function isLoginRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !('authenticationFailed' in error)) return false
  const code = 'serverResponseCode' in error ? error.serverResponseCode : undefined
  return error.authenticationFailed === true && !passingRefusals.includes(code)
}

function onClient(
  client: ImapFlow,
  uidValidity: number,
  nextUid: number,
): Omit<ImapMailbox, typeof Symbol.asyncDispose> {
  async function list(range: string | { since: Date }): Promise<readonly MessageOutline[]> {
    const found = await client.fetchAll(range, { uid: true, size: true, internalDate: true }, { uid: true })
    return found
      .map(({ uid, size, internalDate }) => ({
        uid,
        size: size ?? 0,
        receivedAt: new Date(internalDate ?? Date.now()),
      }))
      .toSorted((a, b) => a.uid - b.uid)
  }
  return {
    uidValidity,
    nextUid,
    // `n:*` names the last message even when its UID is below n.
    listAbove: async (above) => (await list(`${above + 1}:*`)).filter(({ uid }) => uid > above),
    listSince: async (since) => list({ since }),
    async fetchRaw(uid) {
      const message = await client.fetchOne(String(uid), { uid: true, source: true }, { uid: true })
      return message ? message.source : undefined
    },
    async waitForNews(signal) {
      return waitForNews(client, signal)
    },
  }
}

/** IDLE until something happens, or a quiet minute where the server has no IDLE or refuses it. */
async function waitForNews(client: ImapFlow, signal: AbortSignal): Promise<'news' | 'quiet'> {
  const { promise: woken, resolve } = deferred()
  let heard: 'news' | 'quiet' = 'quiet'
  const onExists = () => {
    heard = 'news'
    resolve()
  }
  client.once('exists', onExists)
  client.once('close', resolve)
  signal.addEventListener('abort', resolve, { once: true })
  let timer: NodeJS.Timeout | undefined
  try {
    if (signal.aborted) return heard
    const idling = client.capabilities.has('IDLE') ? client.idle() : Promise.resolve(false)
    if ((await Promise.race([woken, idling])) === false) {
      timer = setTimeout(resolve, quietMinuteMs)
      await woken
    }
    if (signal.aborted) return heard
    if (!client.usable) throw new Error('the mail server hung up')
    // Any command ends an IDLE that is still on; left on, the next one would return at once.
    await client.noop()
    await idling
    return heard
  } finally {
    clearTimeout(timer)
    client.off('exists', onExists)
    client.off('close', resolve)
    signal.removeEventListener('abort', resolve)
  }
}

const quietMinuteMs = 60_000

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((settle) => (resolve = settle))
  return { promise, resolve }
}
