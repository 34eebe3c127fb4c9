import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { createLogger } from '@atermtrack/runtime'
import { freePort, startSocksProxy as startSocks5, type SocksProxyOptions } from '@atermtrack/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTelegramApi, TelegramRefusal, type TelegramApi, TelegramUnreachable } from './telegram-api.ts'

const token = '7000000001:AAF0abcdefghijklmnopqrstuvwxyz01234'
const logger = createLogger({ service: 'test', level: 'silent' })

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
    // Not one: the second call may leave before the first one's connection is free again.
    expect(sockets.size).toBeLessThanOrEqual(2)
  })

  test('keeps the path of the api root', async () => {
    const port = await serve((request, response) => reply(response, { ok: true, result: request.url }))
    const api = open({ apiRoot: `http://127.0.0.1:${port}/behind/` })
    expect(await api.call('getMe', {})).toBe(`/behind/bot${token}/getMe`)
  })

  test('takes an upload with its name and its fields', async () => {
    const bodies: string[] = []
    const api = await openApi((request, response) => {
      void text(request).then((body) => {
        bodies.push(body)
        reply(response, { ok: true, result: true })
      })
    })
    const content = new TextEncoder().encode('bytes of a workbook')
    const payload = { chat_id: 7, caption: '<b>отчёт</b>', reply_markup: { inline_keyboard: [] }, missing: undefined }
    await api.call('sendDocument', payload, { upload: { field: 'document', fileName: 'Отчёт.xlsx', content } })
    expect(bodies[0]).toContain('name="document"; filename="Отчёт.xlsx"')
    expect(bodies[0]).toContain('bytes of a workbook')
    expect(bodies[0]).toContain('{"inline_keyboard":[]}')
    expect(bodies[0]).toContain('<b>отчёт</b>')
    expect(bodies[0]).not.toContain('missing')
  })
})

describe('a refusal', () => {
  test('says when to come back', async () => {
    const body = { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 3 } }
    const api = await openApi((_, response) => reply(response, body, 429))
    const error = await failure(api)
    expect(error).toBeInstanceOf(TelegramRefusal)
    expect(error).toMatchObject({ code: 429, retryAfterSeconds: 3 })
  })

  test('says where a group has gone', async () => {
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

  test('is surely no delivery where nobody listens', async () => {
    const api = open({ apiRoot: `http://127.0.0.1:${await freePort()}` })
    expect(await failure(api)).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
  })

  test('is surely no delivery where the name does not resolve', async () => {
    const api = open({ apiRoot: 'http://telegram.invalid' })
    expect(await failure(api)).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
  })

  test('ends as soon as the caller calls it off', async () => {
    const caller = new AbortController()
    const api = await openApi(() => caller.abort())
    const call = api.call('getUpdates', { timeout: 50 }, { signal: caller.signal })
    await expect(call).rejects.toBeInstanceOf(TelegramUnreachable)
  })

  test('is surely no delivery when called off before', async () => {
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

test('a socks5 proxy gets the login as it was before its address escaped it', async () => {
  const port = await serve((_, response) => reply(response, { ok: true, result: 'through' }))
  const proxy = await openSocksProxy({ login: { user: 'joe', password: 'p@ss/word' } })
  const api = open({
    apiRoot: `http://127.0.0.1:${port}`,
    proxy: `socks5://joe:p%40ss%2Fword@127.0.0.1:${proxy.port}`,
  })
  expect(await api.call('getMe', {})).toBe('through')
})

describe('a download', () => {
  test('brings the bytes', async () => {
    const api = await openApi((request, response) => response.end(request.url))
    const bytes = await api.download('documents/file 1.xlsx', { maxBytes: 1_000 })
    expect(new TextDecoder().decode(bytes)).toBe(`/file/bot${token}/documents/file%201.xlsx`)
  })

  test('stops at the limit', async () => {
    const api = await openApi((_, response) => response.end('x'.repeat(100_000)))
    await expect(api.download('big', { maxBytes: 1_000 })).rejects.toMatchObject({ code: 413 })
  })

  test('of a file that is gone is a refusal', async () => {
    const api = await openApi((_, response) => response.writeHead(404).end('{"ok":false}'))
    await expect(api.download('gone', { maxBytes: 1_000 })).rejects.toMatchObject({ code: 404 })
  })
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

function open({ apiRoot, proxy }: { apiRoot: string; proxy?: string }): TelegramApi {
  const api = createTelegramApi({ token, apiRoot, proxy, logger })
  onTestFinished(async () => api[Symbol.asyncDispose]())
  return api
}

async function openApi(listener: RequestListener): Promise<TelegramApi> {
  return open({ apiRoot: `http://127.0.0.1:${await serve(listener)}` })
}

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return listen(server)
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function reply(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

type Manner = 'accept' | 'refuse' | 'hang'

async function startHttpProxy(manner: Manner) {
  let tunnels = 0
  const server = createServer().on('connect', (request: IncomingMessage, socket: Socket) => {
    keep(socket)
    if (manner === 'hang') return
    if (manner === 'refuse') {
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

const socksManners: Readonly<Record<Manner, SocksProxyOptions>> = {
  accept: {},
  refuse: { login: { user: 'joe', password: 'another' } },
  hang: { isMute: true },
}

async function startSocksProxy(manner: Manner) {
  const { port, tunnels } = await openSocksProxy(socksManners[manner])
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
