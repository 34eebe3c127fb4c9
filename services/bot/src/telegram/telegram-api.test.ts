import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { connect, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { freePort, startSocksProxy as startSocks5, type SocksProxyOptions } from '@atermtrack/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listen, open, openApi, reply, serve, token } from './api-server.test-helper.ts'
import { TelegramRefusal, type TelegramApi, TelegramUnreachable } from './telegram-api.ts'

describe('an answer', () => {
  test('comes back as it is, and connections are kept', async () => {
    const sockets = new Set<Socket>()
    const api = await openApi((request, response) => {
      sockets.add(request.socket)
      reply(response, { ok: true, result: { path: request.url } })
    })
    const first = await api.call<{ path: string }>('sendMessage', { chat_id: 1, text: 'x' })
    for (let n = 0; n < 9; n += 1) await api.call('sendMessage', { chat_id: 1, text: 'y' })
    expect(first.path).toBe(`/bot${token}/sendMessage`)
    // Two are possible: the second call may leave before the connection of the first one is free again.
    expect(sockets.size).toBeLessThanOrEqual(2)
  })

  test('keeps the path of the api root', async () => {
    const port = await serve((request, response) => reply(response, { ok: true, result: request.url }))
    const api = open({ apiRoot: `http://127.0.0.1:${port}/behind/` })
    expect(await api.call('getMe', {})).toBe(`/behind/bot${token}/getMe`)
  })
})

describe('a refusal', () => {
  test('says how long to wait', async () => {
    const body = { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 3 } }
    const api = await openApi((_, response) => reply(response, body, 429))
    const error = await failure(api)
    expect(error).toBeInstanceOf(TelegramRefusal)
    expect(error).toMatchObject({ code: 429, retryAfterSeconds: 3 })
  })

  test('says the new id of a group', async () => {
    const parameters = { migrate_to_chat_id: -1_001_234_567_890 }
    const body = { ok: false, error_code: 400, description: 'Bad Request: group chat was upgraded', parameters }
    const api = await openApi((_, response) => reply(response, body, 400))
    expect(await failure(api)).toMatchObject({ code: 400, migrateToChatId: -1_001_234_567_890 })
  })

  test('of a body that the web server in front finds too big is a refusal too', async () => {
    const api = await openApi((_, response) => response.writeHead(413).end('<html>413</html>'))
    expect(await failure(api)).toMatchObject({ name: 'TelegramRefusal', code: 413 })
  })
})

describe('no usable answer', () => {
  const maybe: Readonly<Record<string, RequestListener>> = {
    'a hang': () => undefined,
    'a cut after the effect': (request) => request.resume().on('end', () => request.socket.resetAndDestroy()),
    'a page of a captive portal': (_, response) => response.writeHead(200).end('<html>pay</html>'),
    'a gateway error': (_, response) => response.writeHead(502).end('<html>Bad Gateway</html>'),
    'JSON that is no answer': (_, response) => reply(response, { hello: 1 }),
    'a chunked answer cut short': (_, response) => {
      response.write('{"ok":true,')
      setImmediate(() => response.destroy())
    },
    'a measured answer cut short': (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"ok":true,')
      setImmediate(() => response.destroy())
    },
  }
  for (const [name, listener] of Object.entries(maybe)) {
    test(`may hide a delivery: ${name}`, async () => {
      const api = await openApi(listener)
      expect(await failure(api)).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: true })
    })
  }

  test('is surely no delivery when no server listens', async () => {
    const api = open({ apiRoot: `http://127.0.0.1:${await freePort()}` })
    expect(await failure(api)).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
  })

  test('is surely no delivery when the name does not resolve', async () => {
    const api = open({ apiRoot: 'http://telegram.invalid' })
    expect(await failure(api)).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
  })

  test('ends as soon as the caller aborts it', async () => {
    const caller = new AbortController()
    const api = await openApi(() => caller.abort())
    const call = api.call('getUpdates', { timeout: 50 }, { signal: caller.signal })
    await expect(call).rejects.toBeInstanceOf(TelegramUnreachable)
  })

  test('is surely no delivery when aborted before', async () => {
    const api = await openApi((_, response) => reply(response, { ok: true, result: 1 }))
    const call = api.call('getMe', {}, { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ maybeDelivered: false })
  })
})

describe('a proxy', () => {
  for (const [scheme, start] of [
    ['http', startHttpProxy],
    ['socks5', startSocksProxy],
  ] as const) {
    test(`carries the calls (${scheme})`, async () => {
      const port = await serve((_, response) => reply(response, { ok: true, result: 'through' }))
      const proxy = await start('accept')
      const api = open({ apiRoot: `http://127.0.0.1:${port}`, proxy: `${scheme}://127.0.0.1:${proxy.port}` })
      expect(await api.call('getMe', {})).toBe('through')
      expect(proxy.tunnels()).toBe(1)
    })

    test(`that refuses means surely no delivery (${scheme})`, async () => {
      const proxy = await start('refuse')
      const api = open({ apiRoot: 'http://127.0.0.1:9', proxy: `${scheme}://joe:hunter22@127.0.0.1:${proxy.port}` })
      const error = await failure(api)
      expect(error).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
      expect(inspect(error, { depth: 9 })).not.toContain('hunter22')
    })

    test(`that never answers means surely no delivery (${scheme})`, async () => {
      const proxy = await start('hang')
      const api = open({ apiRoot: 'http://127.0.0.1:9', proxy: `${scheme}://127.0.0.1:${proxy.port}` })
      expect(await failure(api)).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
    })
  }
})

test('a socks5 proxy gets the login without the escapes of its address', async () => {
  const port = await serve((_, response) => reply(response, { ok: true, result: 'through' }))
  const proxy = await openSocksProxy({ login: { user: 'joe', password: 'p@ss/word' } })
  const api = open({
    apiRoot: `http://127.0.0.1:${port}`,
    proxy: `socks5://joe:p%40ss%2Fword@127.0.0.1:${proxy.port}`,
  })
  expect(await api.call('getMe', {})).toBe('through')
})

describe('the token', () => {
  const leaky: Readonly<Record<string, RequestListener>> = {
    refusal: (request, response) =>
      reply(response, { ok: false, error_code: 404, description: `no ${request.url}` }, 404),
    page: (request, response) => response.end(`<html>${request.url}</html>`),
    cut: (request) => request.socket.destroy(),
  }
  for (const [name, listener] of Object.entries(leaky)) {
    test(`is in no part of an error (${name})`, async () => {
      const api = await openApi(listener)
      const error = await failure(api)
      const all = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack, error.message]
      expect(all.join('\n')).not.toContain(token.slice(11))
      expect(all.join('\n')).not.toContain('secret words')
      expect(error.cause).toBeUndefined()
    })
  }

  test('does not show when the api is printed', async () => {
    expect(inspect(await openApi(() => undefined), { depth: 9, showHidden: true })).not.toContain(token.slice(11))
  })
})

async function failure(api: TelegramApi): Promise<Error> {
  const payload = { chat_id: 1, text: 'secret words' }
  return api.call('sendMessage', payload, { timeoutMs: 500 }).then(
    () => expect.unreachable('the call went well'),
    (error: Error) => error,
  )
}

type ProxyBehaviour = 'accept' | 'refuse' | 'hang'

async function startHttpProxy(behaviour: ProxyBehaviour) {
  let tunnels = 0
  const server = createServer().on('connect', (request: IncomingMessage, socket: Socket) => {
    keep(socket)
    if (behaviour === 'hang') return
    if (behaviour === 'refuse') {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    tunnels += 1
    const [host, port] = (request.url ?? '').split(':')
    const target = keep(connect(Number(port), host))
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    socket.pipe(target).pipe(socket)
  })
  onTestFinished(() => void server.close())
  return { port: await listen(server), tunnels: () => tunnels }
}

const socksBehaviours: Readonly<Record<ProxyBehaviour, SocksProxyOptions>> = {
  accept: {},
  refuse: { login: { user: 'joe', password: 'another' } },
  hang: { isMute: true },
}

async function startSocksProxy(behaviour: ProxyBehaviour) {
  const { port, tunnels } = await openSocksProxy(socksBehaviours[behaviour])
  return { port, tunnels: () => tunnels.length }
}

async function openSocksProxy(options: SocksProxyOptions) {
  const proxy = await startSocks5(options)
  onTestFinished(async () => proxy[Symbol.asyncDispose]())
  return proxy
}

function keep(socket: Socket): Socket {
  onTestFinished(() => void socket.destroy())
  return socket.on('error', () => undefined)
}
