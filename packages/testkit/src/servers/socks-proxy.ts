import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export type SocksProxy = AsyncDisposable & {
  readonly port: number
  /** Each target that a client was let through to, as `host:port`; a name is not resolved before. */
  readonly tunnels: readonly string[]
  /** Each login that was tried, as `user:password`. */
  readonly logins: readonly string[]
}

export interface SocksProxyOptions {
  /** The only login that may pass; without it the proxy asks for none. */
  readonly login?: { readonly user: string; readonly password: string }
  /** A port of 127.0.0.1 to which every tunnel leads, whatever its target is. */
  readonly leadTo?: number
  /** Accepts the connection and never sends a byte. */
  readonly isMute?: boolean
}

const version = 5
const noLogin = 0
const userAndPassword = 2
const noMethod = 0xff
const loginVersion = 1
const connectCommand = 1
const addressTypes = { ipv4: 1, name: 3, ipv6: 4 } as const
const replies = { ok: 0, refused: 5, unknownCommand: 7, unknownAddress: 8 } as const

/** Starts a SOCKS5 proxy on 127.0.0.1 as RFC 1928 says, with the login of RFC 1929 where one is asked for. */
export async function startSocksProxy(options: SocksProxyOptions = {}): Promise<SocksProxy> {
  const sockets = new Set<Socket>()
  const proxy = { tunnels: [] as string[], logins: [] as string[] }
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  }
  const server = createServer((near) => {
    keep(near)
    if (options.isMute !== true) serve(near, { ...options, ...proxy, keep }).catch(() => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    ...proxy,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Serving extends SocksProxyOptions {
  readonly tunnels: string[]
  readonly logins: string[]
  readonly keep: (socket: Socket) => Socket
}

async function serve(near: Socket, serving: Serving): Promise<void> {
  if (!(await agreeOnLogin(near, serving))) return
  const target = await readTarget(near)
  if (!target) return
  const far = serving.keep(
    serving.leadTo === undefined ? connect(target.port, target.host) : connect(serving.leadTo, '127.0.0.1'),
  )
  const reached = await once(far, 'connect').then(
    () => true,
    () => false,
  )
  if (!reached) return void near.end(reply(replies.refused))
  serving.tunnels.push(`${target.host}:${target.port}`)
  near.write(reply(replies.ok))
  near.pipe(far).pipe(near)
  near.on('close', () => far.destroy())
  far.on('close', () => near.destroy())
}

/** False when the client was turned away. */
async function agreeOnLogin(near: Socket, { login, logins }: Serving): Promise<boolean> {
  const [, count = 0] = await readBytes(near, 2)
  const methods = await readBytes(near, count)
  const method = login ? userAndPassword : noLogin
  if (!methods.includes(method)) {
    near.end(Buffer.from([version, noMethod]))
    return false
  }
  near.write(Buffer.from([version, method]))
  if (!login) return true
  await readBytes(near, 1)
  const [user, password] = [await readText(near), await readText(near)]
  logins.push(`${user}:${password}`)
  const isRight = user === login.user && password === login.password
  near[isRight ? 'write' : 'end'](Buffer.from([loginVersion, isRight ? 0 : 1]))
  return isRight
}

/** Undefined when the proxy has refused the request as unsupported. */
async function readTarget(near: Socket): Promise<{ readonly host: string; readonly port: number } | undefined> {
  const [, command, , addressType] = await readBytes(near, 4)
  const host = await readHost(near, addressType)
  const problem = host === undefined ? replies.unknownAddress : replies.unknownCommand
  if (host === undefined || command !== connectCommand) {
    near.end(reply(problem))
    return undefined
  }
  return { host, port: (await readBytes(near, 2)).readUInt16BE() }
}

async function readHost(near: Socket, addressType: number | undefined): Promise<string | undefined> {
  if (addressType === addressTypes.name) return readText(near)
  if (addressType === addressTypes.ipv4) return [...(await readBytes(near, 4))].join('.')
  if (addressType !== addressTypes.ipv6) return undefined
  const groups = await readBytes(near, 16)
  return Array.from({ length: 8 }, (_, n) => groups.readUInt16BE(n * 2).toString(16)).join(':')
}

/** A text behind its length in one byte. */
async function readText(near: Socket): Promise<string> {
  const [length = 0] = await readBytes(near, 1)
  return (await readBytes(near, length)).toString('utf8')
}

/** The next bytes of the client, no more and no less. Buffered bytes are read before the wait, or the wait would end at once. */
async function readBytes(near: Socket, count: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let missing = count; missing > 0;) {
    const piece = near.read(Math.min(missing, near.readableLength)) as Buffer | null
    if (piece) {
      pieces.push(piece)
      missing -= piece.length
    } else if (near.readableEnded || near.destroyed) throw new Error('the client left in the middle')
    else await once(near, 'readable')
  }
  return Buffer.concat(pieces)
}

function reply(code: number): Buffer {
  return Buffer.from([version, code, 0, addressTypes.ipv4, 0, 0, 0, 0, 0, 0])
}
