import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type SocksProxyOptions, startSocksProxy } from './socks-proxy.ts'

const noLogin = [5, 1, 0]
const withLogin = [5, 2, 0, 2]
const secret = [1, 3, ...Buffer.from('bob'), 4, ...Buffer.from('pass')]
const connectTo = (port: number, ...address: readonly number[]) => [5, 1, 0, ...address, port >> 8, port & 255]
const localhost = [1, 127, 0, 0, 1]

test('leads to an address, and to a name that it need not resolve', async () => {
  const port = await startGreeter()
  const { say, proxy } = await open({ leadTo: port })
  expect(await say(noLogin, 2)).toEqual([5, 0])
  const name = [3, 7, ...Buffer.from('a.thing')]
  expect(await say(connectTo(143, ...name), 12)).toEqual([5, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...Buffer.from('hi')])
  expect(proxy.tunnels).toEqual(['a.thing:143'])
})

test('lets a client in that knows the login, in however small pieces it comes', async () => {
  const port = await startGreeter()
  const { say, socket } = await open({ login: { user: 'bob', password: 'pass' } })
  expect(await say(withLogin, 2)).toEqual([5, 2])
  socket.write(Buffer.from(secret.slice(0, 3)))
  expect(await say(secret.slice(3), 2)).toEqual([1, 0])
  expect((await say(connectTo(port, ...localhost), 12)).slice(10)).toEqual([...Buffer.from('hi')])
})

test.each<[string, SocksProxyOptions, readonly (readonly number[])[], readonly number[]]>([
  ['who has no login', { login: { user: 'bob', password: 'pass' } }, [noLogin], [5, 255]],
  ['a wrong login', { login: { user: 'bob', password: 'word' } }, [withLogin, secret], [1, 1]],
  ['a command but CONNECT', {}, [noLogin, [5, 2, 0, ...localhost, 0, 80]], [5, 7]],
  ['an address of an unknown type', {}, [noLogin, [5, 1, 0, 9]], [5, 8]],
  ['a target that is away', {}, [noLogin, connectTo(1, ...localhost)], [5, 5]],
])('turns away %s', async (_case, options, messages, answer) => {
  const { say } = await open(options)
  let last: readonly number[] = []
  for (const message of messages) last = await say(message, 2)
  expect(last.slice(0, 2)).toEqual(answer)
})

/** A client of a proxy of its own; `say` sends bytes and returns at least so many bytes of answer. */
async function open(options: SocksProxyOptions) {
  const proxy = await startSocksProxy(options)
  const socket = connect(proxy.port, '127.0.0.1')
  onTestFinished(async () => {
    socket.destroy()
    await proxy[Symbol.asyncDispose]()
  })
  await once(socket, 'connect')
  return { proxy, socket, say: async (message: readonly number[], least: number) => say(socket, message, least) }
}

async function say(socket: Socket, message: readonly number[], least: number): Promise<readonly number[]> {
  socket.write(Buffer.from(message))
  const answer: number[] = []
  while (answer.length < least) {
    const bytes = socket.read() as Buffer | null
    if (bytes) answer.push(...bytes)
    else await once(socket, 'readable')
  }
  return answer
}

async function startGreeter(): Promise<number> {
  const server = createServer((socket) => socket.end('hi'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}
