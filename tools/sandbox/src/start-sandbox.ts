import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { callDirectly, serveApi, type ApiServerOptions } from './requests/api-server.ts'
import { createCallLog, type Call, type CallLog } from './requests/call-log.ts'
import type { ControlContext } from './control/control-routes.ts'
import { serveControl } from './control/control-server.ts'
import { createFaults, type Faults } from './requests/faults.ts'
import type { StoredFile } from './world/file-store.ts'
import { createGroupHandle, type GroupHandle } from './world/group-handle.ts'
import { servePage } from './control/page-server.ts'
import { createPersonHandle, type PersonHandle } from './world/person-handle.ts'
import { addGroup, addPerson, type GroupOptions, type PersonOptions } from './world/persons.ts'
import { keepWorld, restoreWorld } from './world/kept-world.ts'
import { createRates } from './requests/rates.ts'
import { sendBytes, sendJson } from './requests/responses.ts'
import { createUpdateHub } from './world/update-hub.ts'
import { createWebhook } from './world/webhook.ts'
import { createWorld, type World } from './world/world.ts'

export interface SandboxOptions {
  /** By default any free port. */
  readonly port?: number
  /** By default 127.0.0.1. */
  readonly host?: string
  /** Refuse every other token with 401. By default any token is taken. */
  readonly token?: string
  /** By default Анна (1001), Борис (1002) and Вера (1003). */
  readonly persons?: readonly PersonOptions[]
  readonly bot?: { readonly name: string; readonly username: string }
  /** Answer 429 where Telegram's pacing would. By default off. */
  readonly enforceRates?: boolean
  /** How long a pressed button waits for its answer, by default 15,000. */
  readonly callbackTimeoutMs?: number
  /** Calls kept for assertions, by default 10,000. */
  readonly keepCalls?: number
  /** Messages kept in each chat, by default 1,000. */
  readonly keepMessages?: number
  /** Bytes of files kept, by default 256 MB. */
  readonly keepFileBytes?: number
  /** Where persons, chats, files and the commands of the bot are kept over restarts; by default nowhere. */
  readonly dir?: string
  /** By default 1. A bot that remembers updates takes a smaller number than before for one it knows. */
  readonly firstUpdateId?: number
  readonly now?: () => Date
  /** For faults with a probability; by default Math.random. */
  readonly random?: () => number
}

export interface Sandbox extends AsyncDisposable {
  /** For the bot's TELEGRAM_API_ROOT, without a slash at the end. */
  readonly apiRoot: string
  readonly pageUrl: string
  /** Adds a person, or finds one by id. */
  readonly person: (who: PersonOptions | number) => PersonHandle
  readonly persons: () => readonly PersonHandle[]
  readonly group: (options: GroupOptions) => GroupHandle
  readonly calls: readonly Call[]
  readonly waitForCall: CallLog['waitForCall']
  readonly clearCalls: () => void
  readonly faults: Faults
  /** Cuts every open connection, long polls too, as a network failure does. */
  readonly dropConnections: () => void
  readonly setToken: (token: string | undefined) => void
  /** A file by the `file_id` in a message; undefined when it is no longer kept. */
  readonly file: (fileId: string) => StoredFile | undefined
  /** How many updates the bot has not confirmed. */
  readonly pendingUpdates: () => number
}

const defaultPersons: readonly PersonOptions[] = [
  { name: 'Анна', username: 'anna' },
  { name: 'Борис', username: 'boris' },
  { name: 'Вера', username: 'vera' },
]
const megabyte = 1024 * 1024

/** Starts the stand-in for Telegram: the Bot API, the control API and the chat page on one port. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 0, keepCalls = 10_000, enforceRates = false } = options
  const world = openWorld(options)
  const hub = createUpdateHub(options.firstUpdateId)
  const isKept = options.dir !== undefined && restoreWorld(world, hub, options.dir)
  if (!isKept) for (const person of options.persons ?? defaultPersons) addPerson(world, person)
  const faults = createFaults(options.random ?? Math.random)
  const log = createCallLog(keepCalls)
  let token = options.token
  const setToken = (only: string | undefined) => {
    token = only
  }
  const webhook = createWebhook({ hub, now: world.now, onReply: (name, values) => callDirectly(api, name, values) })
  const api: ApiServerOptions = {
    world,
    hub,
    webhook,
    faults,
    log,
    token: () => token,
    pace: enforceRates ? createRates(world.now) : undefined,
    callbackTimeoutMs: options.callbackTimeoutMs ?? 15_000,
  }
  const server = await listen(api, { world, hub, faults, log, setToken }, host, port)
  const keeper = options.dir === undefined ? undefined : keepWorld(world, hub, options.dir)
  const { port: actualPort } = server.address() as AddressInfo
  const apiRoot = `http://${host}:${actualPort}`
  return {
    apiRoot,
    pageUrl: `${apiRoot}/`,
    person: (who) =>
      createPersonHandle(world, hub, typeof who === 'number' ? getPerson(world, who) : addPerson(world, who)),
    persons: () => Array.from(world.persons.values(), (user) => createPersonHandle(world, hub, user)),
    group: (group) => createGroupHandle(world, hub, addGroup(world, hub, group)),
    calls: log.calls,
    waitForCall: log.waitForCall,
    clearCalls: log.clear,
    faults,
    dropConnections: () => server.closeAllConnections(),
    setToken,
    file: (fileId) => world.files.byId(fileId),
    pendingUpdates: () => hub.pending.size,
    async [Symbol.asyncDispose]() {
      webhook.clear()
      hub.release()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      await keeper?.[Symbol.asyncDispose]()
    },
  }
}

function openWorld({ now, keepMessages, keepFileBytes, bot }: SandboxOptions): World {
  return createWorld({
    now: now ? () => now().getTime() : Date.now,
    keepMessages: keepMessages ?? 1000,
    keepFileBytes: keepFileBytes ?? 256 * megabyte,
    bot: bot ?? { name: 'AtermTrack', username: 'atermtrack_bot' },
  })
}

function getPerson(world: World, id: number) {
  const user = world.persons.get(id)
  if (!user) throw new Error(`no person ${id} in the sandbox`)
  return user
}

async function listen(api: ApiServerOptions, control: ControlContext, host: string, port: number): Promise<Server> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    route(api, control, request, response).catch((error: unknown) => {
      console.error('the sandbox failed to answer', error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { ok: false, error_code: 500, description: 'Internal Server Error' })
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

async function route(
  api: ApiServerOptions,
  control: ControlContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = request.url ?? '/'
  if (!URL.canParse(target, 'http://sandbox'))
    return sendJson(response, 400, { ok: false, error_code: 400, description: 'Bad Request' })
  const url = new URL(target, 'http://sandbox')
  if (url.pathname.startsWith('/bot')) return serveApi(api, request, response, url)
  if (url.pathname.startsWith('/sandbox/')) return serveControl(control, request, response, url)
  if (url.pathname.startsWith('/file/bot')) return serveDownload(api, response, url)
  return servePage(response, url)
}

async function serveDownload({ world, token }: ApiServerOptions, response: ServerResponse, url: URL): Promise<void> {
  const [, given, path = ''] = /^\/file\/bot([^/]*)\/(.+)$/.exec(decodeURIComponent(url.pathname)) ?? []
  const only = token()
  const file = only !== undefined && only !== given ? undefined : world.files.byPath(path)
  if (file) sendBytes(response, file.bytes, { 'content-type': 'application/octet-stream' })
  else sendJson(response, 404, { ok: false, error_code: 404, description: 'Not Found' })
}
