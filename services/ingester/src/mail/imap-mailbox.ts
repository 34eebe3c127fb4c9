import { type FetchMessageObject, type FetchQueryObject, ImapFlow, type SearchObject } from 'imapflow'
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
  /** INTERNALDATE; undefined where the server gives none. */
  readonly receivedAt: Date | undefined
}

/** An open, read-only mailbox. Any call may throw when the connection is lost; then another one must be opened. */
export interface ImapMailbox extends AsyncDisposable {
  readonly uidValidity: number
  /** Lower bound of the UID of the next message. */
  readonly nextUid: number
  /** Outlines of the messages above `uid`, or received since a day, by rising UID. */
  listAbove(uid: number): Promise<readonly MessageOutline[]>
  listSince(since: Date): Promise<readonly MessageOutline[]>
  /** The outline of one message, or undefined when it is gone. */
  find(uid: number): Promise<MessageOutline | undefined>
  /** The header lines with sender, date and subject of a message; undefined when it is gone. */
  fetchHead(uid: number): Promise<Uint8Array | undefined>
  /** The raw message, or undefined when it is gone. Throws MessageWithheld when the server has it and does not give it. */
  fetchRaw(uid: number): Promise<Uint8Array | undefined>
  /** Has the server report what has changed: lists that follow hold it, so it is no news any more. */
  refresh(): Promise<void>
  /** Resolves when the server reports a change (`news`), or has done so since the last time, when `signal` aborts, or when the line was probed and is alive. */
  waitForNews(signal: AbortSignal): Promise<'news' | 'quiet'>
}

/** The server refused the login: another attempt may lock the account. */
export class MailLoginRefused extends Error {
  override readonly name = 'MailLoginRefused'
}

/** The text of the failure when the proxy wants another login. */
export const proxyRefusedText = 'the mail proxy refused the login'

/** The connection works, and yet the server does not send a message. */
export class MessageWithheld extends Error {
  override readonly name = 'MessageWithheld'
}

export interface ImapOptions {
  readonly logger: Logger
  /** Closes the connection at once, whatever it waits for. */
  readonly signal?: AbortSignal
  /** How long a line may stay silent in the middle of a command; in IDLE, twice as long. */
  readonly silenceMs?: number
}

/** Connects and opens the mailbox read-only: people read it too, and its flags are theirs. */
export async function openImapMailbox(settings: ImapSettings, options: ImapOptions): Promise<ImapMailbox> {
  const { logger, signal, silenceMs = 30_000 } = options
  signal?.throwIfAborted()
  const client = createClient(settings, silenceMs, logger)
  const hangUp = () => client.close()
  signal?.addEventListener('abort', hangUp, { once: true })
  // Both need a listener before connecting: an error without one kills the process, and a server that hangs up only closes.
  client.on('error', (error: Error) => logger.warn({ err: error }, 'the mail connection failed'))
  try {
    await client.connect()
    const mailbox = await client.mailboxOpen(settings.mailbox, { readOnly: true })
    const box = onClient(client, { uidValidity: Number(mailbox.uidValidity), nextUid: mailbox.uidNext, silenceMs })
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
    throw understand(error)
  }
}

function createClient(
  { host, port, secure, user, password, proxy }: ImapSettings,
  silenceMs: number,
  logger: Logger,
): ImapFlow {
  return new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass: password },
    // A plain connection is encrypted all the same where the server can, with any certificate.
    ...(!secure && { tls: { rejectUnauthorized: false } }),
    logger: logger.child({ part: 'imap' }, { level: logger.isLevelEnabled('warn') ? 'warn' : logger.level }),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: silenceMs,
    ...(proxy !== undefined && { proxy }),
    disableAutoIdle: true,
  })
}

/** Codes of RFC 5530 by which a server says that the refusal has nothing to do with the password. */
const passingRefusals: readonly unknown[] = ['UNAVAILABLE', 'LIMIT', 'INUSE', 'SERVERBUG']

/** The answers of both kinds of proxy to a login that is wrong or missing, as the libraries put them. */
const proxyRefusal = /authentication failed|no accepted authentication type|response from proxy: 407/i

function understand(error: unknown): unknown {
  if (isLoginRefusal(error)) return new MailLoginRefused('the mail server refused the login', { cause: error })
  const proxyFailure = error instanceof Error && '_err' in error ? error._err : undefined
  if (!(proxyFailure instanceof Error)) return error
  if (proxyRefusal.test(proxyFailure.message)) return new Error(proxyRefusedText, { cause: proxyFailure })
  return new Error(`the mail proxy fails: ${proxyFailure.message}`, { cause: proxyFailure })
}

function isLoginRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !('authenticationFailed' in error)) return false
  const code = 'serverResponseCode' in error ? error.serverResponseCode : undefined
  return error.authenticationFailed === true && !passingRefusals.includes(code)
}

function onClient(
  client: ImapFlow,
  { uidValidity, nextUid, silenceMs }: { uidValidity: number; nextUid: number; silenceMs: number },
): Omit<ImapMailbox, typeof Symbol.asyncDispose> {
  const news = watchNews(client, silenceMs)
  // On a connection that is gone the library finds nothing, without an error: so an empty answer counts only while the connection lives.
  function requireLife(): void {
    if (!client.usable || client.mailbox === false) throw new Error('the mail connection is lost')
  }
  async function list(range: string): Promise<readonly MessageOutline[]> {
    const found = await client.fetchAll(range, { uid: true, size: true, internalDate: true }, { uid: true })
    requireLife()
    return found.map(toOutline).toSorted((a, b) => a.uid - b.uid)
  }
  async function search(query: SearchObject): Promise<readonly number[]> {
    const uids = await client.search(query, { uid: true })
    requireLife()
    if (!uids) throw new Error('the mail server does not search')
    return uids
  }
  async function fetchOne(uid: number, query: FetchQueryObject): Promise<FetchMessageObject | undefined> {
    try {
      const message = await client.fetchOne(String(uid), { uid: true, ...query }, { uid: true })
      requireLife()
      return message || undefined
    } catch (error) {
      if (client.usable) throw new MessageWithheld('the mail server refused to hand a message out', { cause: error })
      throw error
    }
  }
  return {
    uidValidity,
    nextUid,
    // `n:*` names the last message even when its UID is below n.
    listAbove: async (above) => (await list(`${above + 1}:*`)).filter(({ uid }) => uid > above),
    async listSince(since) {
      const uids = (await search({ since })).toSorted((a, b) => a - b)
      const wanted = new Set(uids)
      return uids[0] === undefined ? [] : (await list(`${uids[0]}:*`)).filter(({ uid }) => wanted.has(uid))
    },
    async find(uid) {
      return (await list(String(uid))).find((outline) => outline.uid === uid)
    },
    async fetchHead(uid) {
      return (await fetchOne(uid, { headers: ['from', 'subject', 'date'] }))?.headers
    },
    async fetchRaw(uid) {
      const source = (await fetchOne(uid, { source: true }))?.source
      if (source) return source
      if ((await search({ uid: String(uid) })).includes(uid))
        throw new MessageWithheld('the mail server handed out nothing of a message')
      return undefined
    },
    async refresh() {
      await news.refresh()
      requireLife()
    },
    waitForNews: async (signal) => news.wait(signal),
  }
}

function toOutline({ uid, size = 0, internalDate }: FetchMessageObject): MessageOutline {
  return { uid, size, receivedAt: internalDate === undefined ? undefined : new Date(internalDate) }
}

/** Remembers what the server reports between two waits: while the connection is used for something else, too. */
function watchNews(client: ImapFlow, silenceMs: number) {
  let hasNews = false
  client.on('exists', () => (hasNews = true))
  return {
    async refresh(): Promise<void> {
      await probe(client, silenceMs)
      hasNews = false
    },
    async wait(signal: AbortSignal): Promise<'news' | 'quiet'> {
      if (!hasNews) await waitForChange(client, signal, silenceMs)
      const outcome = hasNews ? 'news' : 'quiet'
      hasNews = false
      return outcome
    },
  }
}

/** Waits in IDLE, or without it where the server has none or refuses it, until something happens; then probes the connection. */
async function waitForChange(client: ImapFlow, signal: AbortSignal, silenceMs: number): Promise<void> {
  const { promise: woken, resolve } = deferred()
  client.once('exists', resolve)
  client.once('close', resolve)
  signal.addEventListener('abort', resolve, { once: true })
  const timer = setTimeout(resolve, silenceMs)
  try {
    if (signal.aborted) return
    const idling = client.capabilities.has('IDLE') ? client.idle() : Promise.resolve(false)
    if ((await Promise.race([woken, idling])) === false) await woken
    if (signal.aborted) return
    if (!client.usable) throw new Error('the mail server hung up')
    await probe(client, silenceMs)
    await idling
  } finally {
    clearTimeout(timer)
    client.off('exists', resolve)
    client.off('close', resolve)
    signal.removeEventListener('abort', resolve)
  }
}

/**
 * Any command ends an IDLE that is still on; left on, the next one would return at once. The library waits for ever for a
 * server that falls silent within IDLE.
 */
async function probe(client: ImapFlow, silenceMs: number): Promise<void> {
  const timer = setTimeout(() => client.close(), silenceMs)
  try {
    await client.noop()
  } finally {
    clearTimeout(timer)
  }
  if (!client.usable) throw new Error('the mail server has fallen silent')
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((fulfil) => (resolve = fulfil))
  return { promise, resolve }
}
