import { createLogger } from '@atermtrack/runtime'
import { type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { describe, expect, onTestFinished, test } from '@atermtrack/testkit'
import { createTelegramApi, type TelegramApi } from './telegram-api.ts'

const anna = 1001

test('an uploaded file comes back unchanged', async () => {
  const { api, sandbox } = await start()
  const content = new Uint8Array([0, 1, 2, 253, 254, 255, 13, 10])
  async function* read() {
    yield content
  }
  const upload = { field: 'document', fileName: 'Отчёт «Юг».xlsx', size: content.length, read } as const
  const sent = await api.call<{ document: { file_id: string; file_name: string } }>(
    'sendDocument',
    { chat_id: anna, caption: '<b>7</b>', parse_mode: 'HTML' },
    { upload },
  )
  expect(sent.document.file_name).toBe('Отчёт «Юг».xlsx')
  expect(sandbox.person(anna).messages()[0]?.caption).toBe('7')
  const file = await api.call<{ file_path: string }>('getFile', { file_id: sent.document.file_id })
  const pieces: Uint8Array[] = []
  for await (const piece of api.download(file.file_path, { maxBytes: 1_000 })) pieces.push(piece)
  expect(new Uint8Array(Buffer.concat(pieces))).toEqual(content)
})

test('a long poll waits longer than other calls, and ends with its signal', async () => {
  const { api, sandbox } = await start()
  const poll = api.call<{ message: { text: string } }[]>('getUpdates', { timeout: 20 })
  await sandbox.person(anna).say('привет')
  expect((await poll).at(-1)?.message.text).toBe('привет')
  const stop = new AbortController()
  const second = api.call('getUpdates', { timeout: 20, offset: 1_000_000_000 }, { signal: stop.signal })
  stop.abort()
  await expect(second).rejects.toMatchObject({ name: 'TelegramUnreachable' })
})

describe('a fault after the effect may hide a delivery', () => {
  for (const kind of ['hang', 'cutReply', 'cutBody', 'html'] as const) {
    test(kind, async () => {
      const { api, sandbox } = await start()
      sandbox.faults.add({ kind, method: 'sendMessage', times: 1 })
      const call = api.call('sendMessage', { chat_id: anna, text: 'x' }, { timeoutMs: 500 })
      await expect(call).rejects.toMatchObject({ name: 'TelegramUnreachable', maybeDelivered: true })
      await expect(api.call('sendMessage', { chat_id: anna, text: 'y' })).resolves.toMatchObject({ text: 'y' })
    })
  }
})

test('a refusal contains the description by Telegram', async () => {
  const { api, sandbox } = await start()
  await sandbox.person(anna).block()
  const call = api.call('sendMessage', { chat_id: anna, text: 'x' })
  await expect(call).rejects.toMatchObject({ code: 403, description: 'Forbidden: bot was blocked by the user' })
})

async function start(): Promise<{ readonly api: TelegramApi; readonly sandbox: Sandbox }> {
  const sandbox = await startSandbox()
  const logger = createLogger({ service: 'test', level: 'silent' })
  const api = createTelegramApi({ token: '7000000001:test', apiRoot: sandbox.apiRoot, logger })
  onTestFinished(async () => {
    await api[Symbol.asyncDispose]()
    await sandbox[Symbol.asyncDispose]()
  })
  return { api, sandbox }
}
