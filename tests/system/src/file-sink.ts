import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A Bot API that discards its uploads: the sandbox would hold each file in the memory of the test. */
export interface FileSink extends AsyncDisposable {
  readonly apiRoot: string
  /** Bytes of each upload that has arrived as a whole. */
  readonly uploads: readonly number[]
  /** Uploads that have begun. */
  readonly begun: () => number
  /** Texts of the messages that have arrived. */
  readonly texts: readonly string[]
  /** Reads no uploads until the returned function is called. */
  readonly hold: () => () => void
}

export async function openFileSink(): Promise<FileSink> {
  const uploads: number[] = []
  const texts: string[] = []
  let begun = 0
  let gate = Promise.resolve()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.url?.split('/').at(-1) ?? ''
    if (method === 'getUpdates') return void request.resume()
    if (method === 'sendDocument') {
      begun += 1
      await gate
      uploads.push(await sizeOf(request))
    } else {
      const text = await textOf(request)
      if (method === 'sendMessage') texts.push(text)
    }
    const bot = { id: 1, is_bot: true, first_name: 'Bot', username: 'bot' }
    const message = { message_id: 1, document: { file_id: 'file' } }
    const result = method === 'getMe' ? bot : method.startsWith('send') ? message : true
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result }))
  }

  const server = createServer((request, response) => {
    // A client may disconnect in the middle.
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    uploads,
    texts,
    begun: () => begun,
    hold() {
      let open = () => {}
      gate = new Promise((resolve) => (open = resolve))
      return open
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function sizeOf(request: IncomingMessage): Promise<number> {
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) size += chunk.length
  return size
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
