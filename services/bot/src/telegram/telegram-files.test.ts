import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { openApi, reply, token } from './api-server.test-helper.ts'
import type { TelegramApi, Upload } from './telegram-api.ts'

const megabyte = 1024 * 1024

describe('an upload', () => {
  test('leaves with its name and the fields, in the declared length', async () => {
    const bodies: string[] = []
    const lengths: unknown[] = []
    const api = await openApi((request, response) => {
      lengths.push(Number(request.headers['content-length']))
      void wholeText(request).then((body) => {
        bodies.push(body)
        reply(response, { ok: true, result: true })
      })
    })
    const payload = { chat_id: 7, caption: '<b>отчёт</b>', reply_markup: { inline_keyboard: [] }, missing: undefined }
    await api.call('sendDocument', payload, { upload: anUpload(['bytes of ', 'a workbook']) })
    expect(bodies[0]).toContain('name="document"; filename="Отчёт.xlsx"')
    expect(bodies[0]).toContain('\r\n\r\nbytes of a workbook\r\n')
    expect(bodies[0]).toContain('{"inline_keyboard":[]}')
    expect(bodies[0]).toContain('<b>отчёт</b>')
    expect(bodies[0]).not.toContain('missing')
    expect(lengths).toEqual([Buffer.byteLength(bodies[0] ?? '')])
  })

  test('gets no header from its name', async () => {
    const bodies: string[] = []
    const api = await openApi((request, response) => {
      void wholeText(request).then((body) => {
        bodies.push(body)
        reply(response, { ok: true, result: true })
      })
    })
    const upload = { ...anUpload(['x']), fileName: 'a"\r\nX-Evil: 1\r\n.xlsx' }
    await api.call('sendDocument', {}, { upload })
    expect(bodies[0]).toContain('filename="a%22%0D%0AX-Evil: 1%0D%0A.xlsx"')
  })

  test('is read as fast as the server accepts it', async () => {
    let asked = 0
    let mostAhead = 0
    const api = await openApi((request, response) => {
      let received = 0
      request.on('data', (chunk: Buffer) => {
        received += chunk.length
        mostAhead = Math.max(mostAhead, asked * megabyte - received)
      })
      request.on('end', () => reply(response, { ok: true, result: received }))
    })
    async function* read() {
      for (; asked < 60; asked += 1) yield Buffer.alloc(megabyte)
    }
    const upload = { field: 'document', fileName: 'a.xlsx', size: 60 * megabyte, read } as const
    expect(await api.call<number>('sendDocument', {}, { upload })).toBeGreaterThan(60 * megabyte)
    // Only the buffers of the kernel on both sides are filled, not the whole file.
    expect(mostAhead).toBeLessThan(20 * megabyte)
  })

  test('that is cut before its last byte is surely no delivery', async () => {
    const api = await openApi((request) => request.once('data', () => request.socket.resetAndDestroy()))
    const pieces = Array.from({ length: 50 }, () => 'x'.repeat(megabyte))
    expect(await failure(api, anUpload(pieces))).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
  })

  test('that is cut after its last byte may be a delivery', async () => {
    const api = await openApi((request) => request.resume().on('end', () => request.socket.resetAndDestroy()))
    expect(await failure(api, anUpload(['x']))).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: true })
  })

  test('with bytes that cannot be read is surely no delivery', async () => {
    const api = await openApi((request) => request.resume())
    async function* read() {
      yield Buffer.from('x')
      throw new Error('the database is away')
    }
    const upload = { field: 'document', fileName: 'a.xlsx', size: 2, read } as const
    expect(await failure(api, upload)).toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: false })
  })
})

describe('a download', () => {
  test('brings the bytes', async () => {
    const api = await openApi((request, response) => response.end(request.url))
    const bytes = await whole(api.download('documents/file 1.xlsx', { maxBytes: 1_000 }))
    expect(bytes.toString()).toBe(`/file/bot${token}/documents/file%201.xlsx`)
  })

  test('stops at the limit', async () => {
    const api = await openApi((_, response) => response.end('x'.repeat(100_000)))
    await expect(whole(api.download('big', { maxBytes: 1_000 }))).rejects.toMatchObject({ code: 413 })
  })

  test('of a file that is gone is a refusal', async () => {
    const api = await openApi((_, response) => response.writeHead(404).end('{"ok":false}'))
    await expect(whole(api.download('gone', { maxBytes: 1_000 }))).rejects.toMatchObject({ code: 404 })
  })

  test('that is cut in the middle is no whole file', async () => {
    const api = await openApi((_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('x')
      setImmediate(() => response.destroy())
    })
    await expect(whole(api.download('cut', { maxBytes: 1_000 }))).rejects.toMatchObject({ name: 'TelegramUnreachable' })
  })

  test('comes as fast as the caller reads it', async () => {
    let sent = 0
    const api = await openApi((_, response) => {
      const send = () => {
        while (sent < 60) {
          sent += 1
          if (!response.write(Buffer.alloc(megabyte))) return response.once('drain', send)
        }
        return response.end()
      }
      send()
    })
    let taken = 0
    let mostAhead = 0
    for await (const piece of api.download('big', { maxBytes: 100 * megabyte })) {
      taken += piece.length
      mostAhead = Math.max(mostAhead, sent * megabyte - taken)
    }
    expect(taken).toBe(60 * megabyte)
    expect(mostAhead).toBeLessThan(20 * megabyte)
  })

  test('ends as soon as the caller aborts it', async () => {
    const caller = new AbortController()
    const api = await openApi((_, response) => {
      response.write('x')
      caller.abort()
    })
    const loading = whole(api.download('x', { maxBytes: 1_000, signal: caller.signal }))
    await expect(loading).rejects.toMatchObject({ name: 'TelegramUnreachable' })
  })
})

function anUpload(pieces: readonly string[]): Upload {
  async function* read() {
    for (const piece of pieces) yield Buffer.from(piece)
  }
  const size = pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)
  return { field: 'document', fileName: 'Отчёт.xlsx', size, read }
}

async function failure(api: TelegramApi, upload: Upload): Promise<Error> {
  return api.call('sendDocument', { chat_id: 1 }, { upload }).then(
    () => expect.unreachable('the call went well'),
    (error: Error) => error,
  )
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const piece of pieces) chunks.push(piece)
  return Buffer.concat(chunks)
}

async function wholeText(request: IncomingMessage): Promise<string> {
  return (await whole(request)).toString('utf8')
}
