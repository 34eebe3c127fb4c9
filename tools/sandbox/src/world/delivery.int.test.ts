import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'

interface Answer {
  readonly ok: boolean
  readonly error_code?: number
  readonly description?: string
  readonly parameters?: { readonly retry_after?: number }
  // Each method has its own result; the assertions say what is in it.
  readonly result: ReturnType<typeof JSON.parse>
}

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox({ random: () => 0.5 })
})

afterEach(() => sandbox[Symbol.asyncDispose]())

async function call(method: string, body: object = {}): Promise<Answer> {
  const response = await fetch(`${sandbox.apiRoot}/bot42:secret/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Answer
}

async function upload(method: string, fields: Readonly<Record<string, string | File>>): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const response = await fetch(`${sandbox.apiRoot}/bot42:secret/${method}`, { method: 'POST', body: form })
  return (await response.json()) as Answer
}

const send = () => call('sendMessage', { chat_id: 1001, text: 'x' })

test('delivers an update to a waiting poll at once, and again until its offset is passed', async () => {
  const anna = sandbox.person(1001)
  const poll = call('getUpdates', { timeout: 30 })
  const updateId = await anna.say('привет')
  expect((await poll).result.map((update: { update_id: number }) => update.update_id)).toEqual([updateId])
  expect((await call('getUpdates', { timeout: 30 })).result).toHaveLength(1)
  expect((await call('getUpdates', { offset: updateId + 1 })).result).toEqual([])
  expect(sandbox.pendingUpdates()).toBe(0)
})

test('delivers only the kinds of update that were asked for', async () => {
  await call('getUpdates', { allowed_updates: ['callback_query'] })
  await sandbox.person(1001).say('не услышано')
  await call('getUpdates', { allowed_updates: [] })
  await sandbox.person(1001).say('услышано')
  expect((await call('getUpdates')).result).toMatchObject([{ message: { text: 'услышано' } }])
})

test('ends a poll with 409 when a second one begins', async () => {
  const first = call('getUpdates', { timeout: 30 })
  await sandbox.person(1001).say('wake')
  await first
  const waiting = call('getUpdates', { offset: 2, timeout: 30 })
  // The second poll must not overtake the first on its way to the server.
  while (sandbox.pendingUpdates() > 0) await new Promise(setImmediate)
  const second = call('getUpdates', { offset: 2, timeout: 30 })
  expect(await waiting).toEqual({
    ok: false,
    error_code: 409,
    description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  })
  await sandbox.person(1001).say('для второго')
  expect((await second).result).toHaveLength(1)
})

test('answers 429 for the next calls and then works again', async () => {
  const fault = sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 7, method: 'sendMessage', times: 2 })
  expect(await send()).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  })
  expect((await call('getMe')).ok).toBe(true)
  expect((await send()).error_code).toBe(429)
  expect((await send()).ok).toBe(true)
  expect(fault.hits()).toBe(2)
  expect(sandbox.person(1001).messages()).toHaveLength(1)
})

test('affects only its chat, and only with its probability', async () => {
  sandbox.faults.add({ kind: 'forbidden', chatId: 1002 })
  const unlikely = sandbox.faults.add({ kind: 'serverError', chatId: 1001, probability: 0.4 })
  expect((await send()).ok).toBe(true)
  expect(unlikely.hits()).toBe(0)
  sandbox.faults.add({ kind: 'serverError', chatId: 1001, probability: 0.6 })
  expect(await send()).toEqual({ ok: false, error_code: 502, description: 'Bad Gateway' })
  expect((await call('sendMessage', { chat_id: 1002, text: 'x' })).error_code).toBe(403)
})

test('cuts the connection before the request is read: nothing is sent', async () => {
  sandbox.faults.add({ kind: 'reset', times: 1 })
  await expect(send()).rejects.toThrow('fetch failed')
  expect(sandbox.person(1001).messages()).toEqual([])
  expect(sandbox.calls.at(-1)).toMatchObject({ method: 'sendMessage', status: undefined, fault: 'reset' })
})

test('cuts the connection after the effect: the message is there and the answer is not', async () => {
  sandbox.faults.add({ kind: 'cutReply', times: 1 })
  await expect(send()).rejects.toThrow('fetch failed')
  sandbox.faults.add({ kind: 'cutBody', times: 1 })
  await expect(send()).rejects.toThrow('terminated')
  expect(sandbox.person(1001).messages()).toHaveLength(2)
  expect(sandbox.calls.map(({ status, fault }) => [status, fault])).toEqual([
    [undefined, 'cutReply'],
    [200, 'cutBody'],
  ])
})

test('accepts and never answers, answers late, or answers with a page', async () => {
  sandbox.faults.add({ kind: 'hang', times: 1 })
  const hanging = fetch(`${sandbox.apiRoot}/bot42:secret/getMe`, { signal: AbortSignal.timeout(100) })
  await expect(hanging).rejects.toThrow('timeout')
  sandbox.faults.add({ kind: 'slow', ms: 60, times: 1 })
  const started = performance.now()
  expect((await call('getMe')).ok).toBe(true)
  expect(performance.now() - started).toBeGreaterThan(50)
  sandbox.faults.add({ kind: 'html', times: 1 })
  const page = await fetch(`${sandbox.apiRoot}/bot42:secret/getMe`)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html'])
})

test('paces like Telegram when asked to', async () => {
  await using paced = await startSandbox({ enforceRates: true })
  const statuses: number[] = []
  for (let count = 0; count < 4; count += 1) {
    statuses.push((await fetch(`${paced.apiRoot}/bot42:s/sendMessage?chat_id=1001&text=${count}`)).status)
  }
  expect(statuses).toEqual([200, 200, 200, 429])
})

test('takes an upload once and sends it again by its file id', async () => {
  const file = new File(['номер;станция'], 'Отчёт "июнь".csv', { type: 'text/csv' })
  const sent = await upload('sendDocument', {
    chat_id: '1001',
    document: file,
    caption: '<b>Отчёт</b>',
    parse_mode: 'HTML',
  })
  expect(sent.result).toMatchObject({
    document: { file_name: 'Отчёт "июнь".csv', mime_type: 'text/csv' },
    caption: 'Отчёт',
    caption_entities: [{ type: 'bold' }],
  })
  const fileId = sent.result.document.file_id
  const again = await call('sendDocument', { chat_id: 1002, document: fileId })
  expect(again.result.document).toEqual(sent.result.document)
  const attached = await upload('sendDocument', { chat_id: '1001', document: 'attach://part', part: file })
  expect(attached.result.document.file_name).toBe('Отчёт "июнь".csv')
  expect(sandbox.file(fileId)?.bytes.toString()).toBe('номер;станция')
  expect(sandbox.calls[0]?.payload['document']).toMatchObject({ size: 25, fileName: 'Отчёт "июнь".csv' })
  const path = (await call('getFile', { file_id: fileId })).result.file_path
  expect(await (await fetch(`${sandbox.apiRoot}/file/bot42:secret/${path}`)).text()).toBe('номер;станция')
})

test('refuses empty, unknown and oversized files, and captions that are too long', async () => {
  const describe = async (fields: Readonly<Record<string, string | File>>) =>
    (await upload('sendDocument', { chat_id: '1001', ...fields })).description
  expect(await describe({ document: new File([], 'a.txt') })).toBe('Bad Request: file must be non-empty')
  expect(await describe({ document: 'nothing' })).toBe('Bad Request: wrong file identifier/HTTP URL specified')
  expect(await describe({})).toBe('Bad Request: there is no document in the request')
  expect(await describe({ document: new File(['x'], 'a.txt'), caption: 'x'.repeat(1025) })).toBe(
    'Bad Request: message caption is too long',
  )
  for (const megabytes of [50, 60]) {
    const large = new File([new Uint8Array(megabytes * 1024 * 1024 + 1)], 'large.bin')
    expect(await describe({ document: large })).toBe('Request Entity Too Large')
  }
})

test('lets a person send a file of any size, and the bot fetch up to 20 MB', async () => {
  const anna = sandbox.person(1001)
  await anna.sendDocument({ fileName: 'ok.xlsx', bytes: new Uint8Array(20 * 1024 * 1024) })
  await anna.sendDocument({ fileName: 'large.xlsx', bytes: new Uint8Array(20 * 1024 * 1024 + 1), caption: 'архив' })
  const [ok, large] = (await call('getUpdates')).result
  expect((await call('getFile', { file_id: ok.message.document.file_id })).ok).toBe(true)
  expect(large.message.caption).toBe('архив')
  expect(large.message.document.mime_type).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  expect((await call('getFile', { file_id: large.message.document.file_id })).description).toBe(
    'Bad Request: file is too big',
  )
})

test('keeps no more calls, messages and bytes than its limits', async () => {
  await using small = await startSandbox({ keepCalls: 4, keepMessages: 3, keepFileBytes: 10 })
  const anna = small.person(1001)
  for (let count = 0; count < 20; count += 1)
    await fetch(`${small.apiRoot}/bot42:s/sendMessage?chat_id=1001&text=${count}`)
  expect(small.calls.length).toBeLessThanOrEqual(6)
  expect(small.calls.at(-1)?.seq).toBe(20)
  expect(anna.messages().map(({ text }) => text)).toEqual(['17', '18', '19'])
  await anna.sendDocument({ fileName: 'a', bytes: new Uint8Array(8) })
  await anna.sendDocument({ fileName: 'b', bytes: new Uint8Array(8) })
  const [first, second] = anna.messages().slice(-2)
  expect(small.file(first!.document!.file_id)).toBeUndefined()
  expect(small.file(second!.document!.file_id)?.size).toBe(8)
})

interface Receiver {
  readonly server: Server
  readonly url: string
  readonly requests: { readonly secret: unknown; readonly update: ReturnType<typeof JSON.parse> }[]
}

async function startReceiver(answer: (count: number) => { readonly status: number; readonly body?: object }) {
  const requests: Receiver['requests'] = []
  const receive = async (request: IncomingMessage) => {
    const update: unknown = JSON.parse(await readText(request))
    requests.push({ secret: request.headers['x-telegram-bot-api-secret-token'], update })
    return answer(requests.length)
  }
  const server = createServer((request, response) => {
    void receive(request).then(({ status, body }) => response.writeHead(status).end(body && JSON.stringify(body)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

test('posts updates to a webhook with its secret until they are accepted, and runs the method in the answer', async () => {
  const receiver = await startReceiver((count) =>
    count === 1 ? { status: 500 } : { status: 200, body: { method: 'sendMessage', chat_id: 1001, text: 'принято' } },
  )
  expect((await call('setWebhook', { url: 'http://example.org/' })).error_code).toBe(400)
  expect((await call('setWebhook', { url: receiver.url, secret_token: 'bad token' })).error_code).toBe(400)
  expect((await call('setWebhook', { url: receiver.url, secret_token: 'pass-word' })).ok).toBe(true)
  expect(await call('getUpdates')).toMatchObject({
    error_code: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  })
  const anna = sandbox.person(1001)
  await anna.say('привет')
  expect((await anna.waitForReply()).text).toBe('принято')
  expect(receiver.requests).toHaveLength(2)
  expect(receiver.requests[1]).toMatchObject({ secret: 'pass-word', update: { message: { text: 'привет' } } })
  expect((await call('getWebhookInfo')).result).toMatchObject({
    url: receiver.url,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  })
  await call('deleteWebhook')
  expect((await call('getUpdates')).ok).toBe(true)
  receiver.server.closeAllConnections()
  receiver.server.close()
})

test('lets another process act as a person and look behind the scenes', async () => {
  const control = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${sandbox.apiRoot}/sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return (await response.json()) as ReturnType<typeof JSON.parse>
  }
  expect(await control('POST', 'persons', { name: 'Глеб' })).toMatchObject({ id: 1004, first_name: 'Глеб' })
  expect((await control('GET', 'persons')).map(({ id }: { id: number }) => id)).toEqual([1001, 1002, 1003, 1004])
  const { updateId } = await control('POST', 'chats/1004/say', { text: 'привет' })
  expect((await call('getUpdates')).result[0].update_id).toBe(updateId)
  const reply_markup = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] }
  const { result } = await call('sendMessage', { chat_id: 1004, text: 'Отправить?', reply_markup })
  await control('POST', 'chats/1004/press', { message_id: result.message_id, text: 'Да' })
  expect((await call('getUpdates')).result.at(-1).callback_query.data).toBe('yes')
  await control('POST', 'chats/1004/document', { file_name: 'a.txt', base64: 'YQ==' })
  const { messages } = await control('GET', 'chats/1004/messages')
  expect(messages.map(({ text, document }: { text?: string; document?: object }) => text ?? document)).toMatchObject([
    'привет',
    'Отправить?',
    { file_name: 'a.txt', file_size: 1 },
  ])
  await control('POST', 'faults', { kind: 'serverError', status: 500, times: 1 })
  expect((await call('getMe')).description).toBe('Internal Server Error')
  expect((await control('GET', 'calls?method=sendMessage')).length).toBe(1)
  expect(await control('POST', 'faults', { kind: 'nonsense' })).toEqual({
    error: expect.stringContaining('kind must be one of'),
  })
})

test('does not let another site act as a person', async () => {
  const response = await fetch(`${sandbox.apiRoot}/sandbox/chats/1001/say?text=x`, {
    method: 'POST',
    headers: { origin: 'https://example.org' },
  })
  expect(response.status).toBe(403)
  expect(sandbox.person(1001).messages()).toEqual([])
})
