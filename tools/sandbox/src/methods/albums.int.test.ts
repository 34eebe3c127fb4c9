import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await startSandbox()
})

afterEach(() => sandbox[Symbol.asyncDispose]())

const file = (fileName: string, mimeType = 'image/png') => ({ fileName, mimeType, bytes: Buffer.from(fileName) })

async function call(method: string, body: object): Promise<ReturnType<typeof JSON.parse>> {
  const response = await fetch(`${sandbox.apiRoot}/bot42:secret/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { ok, result, description } = (await response.json()) as { ok: boolean; result: unknown; description: string }
  return ok ? result : description
}

async function anAlbum() {
  const anna = sandbox.person(1001)
  await anna.sendAlbum([
    { ...file('a.png'), as: 'photo', caption: 'Окно' },
    { ...file('b.png'), as: 'photo' },
  ])
  return anna.messages()
}

test('an album of a person is a message for each photo, with one id for all', async () => {
  const messages = await anAlbum()
  expect(messages.map(({ caption, photo }) => [caption, photo?.length])).toEqual([
    ['Окно', 1],
    [undefined, 1],
  ])
  expect(new Set(messages.map(({ media_group_id }) => media_group_id)).size).toBe(1)
  const updates = await call('getUpdates', {})
  expect(updates).toHaveLength(2)
  expect(updates[1].message.media_group_id).toBe(messages[0]!.media_group_id)
})

test('the bot sends an album by the ids of its files', async () => {
  const ids = (await anAlbum()).map(({ photo }) => photo![0]!.file_id)
  const media = ids.map((id, n) => ({
    type: 'photo',
    media: id,
    ...(n === 0 && { caption: '<b>Окно</b>', parse_mode: 'HTML' }),
  }))
  const sent = await call('sendMediaGroup', { chat_id: 1002, media })
  const got = sandbox.person(1002).messages()
  expect(got.map(({ message_id }) => message_id)).toEqual(
    sent.map((message: { message_id: number }) => message.message_id),
  )
  expect(got.map(({ caption, photo }) => [caption, photo![0]!.file_id])).toEqual([
    ['Окно', ids[0]],
    [undefined, ids[1]],
  ])
  expect(new Set(got.map(({ media_group_id }) => media_group_id)).size).toBe(1)
  expect(await call('sendMediaGroup', { chat_id: 1002, media: media.slice(0, 1) })).toContain('wrong number of media')
  expect(
    await call('sendMediaGroup', { chat_id: 1002, media: [media[0], { type: 'document', media: ids[1] }] }),
  ).toContain("can't be mixed")
  expect(await call('sendMediaGroup', { chat_id: 1002, media: [media[0], { type: 'photo', media: 'no' }] })).toContain(
    'wrong file',
  )
})

test('copies of an album are an album of their own, without their origin; forwarded messages keep it', async () => {
  const album = await anAlbum()
  const message_ids = album.map(({ message_id }) => message_id)
  const from = { from_chat_id: 1001, message_ids }
  expect(await call('copyMessages', { chat_id: 1002, ...from })).toHaveLength(2)
  expect(await call('forwardMessages', { chat_id: 1003, ...from })).toHaveLength(2)
  const copies = sandbox.person(1002).messages()
  expect(copies.map(({ forward_origin, caption }) => [forward_origin, caption])).toEqual([
    [undefined, 'Окно'],
    [undefined, undefined],
  ])
  expect(copies[0]!.media_group_id).toBe(copies[1]!.media_group_id)
  expect(copies[0]!.media_group_id).not.toBe(album[0]!.media_group_id)
  expect(sandbox.person(1003).messages()[0]!.forward_origin?.sender_user.id).toBe(1001)
})

test('what is deleted cannot be copied, and is left out among others', async () => {
  const anna = sandbox.person(1001)
  const [first, second] = await anAlbum()
  await anna.deleteMessage(first!)
  const message_ids = [first!.message_id, second!.message_id]
  expect(await call('copyMessages', { chat_id: 1002, from_chat_id: 1001, message_ids })).toHaveLength(1)
  await anna.deleteMessage(second!)
  expect(await call('copyMessages', { chat_id: 1002, from_chat_id: 1001, message_ids })).toContain(
    'no messages to copy',
  )
  expect(
    await call('copyMessages', { chat_id: 1002, from_chat_id: 1001, message_ids: message_ids.toReversed() }),
  ).toContain('increasing order')
  expect(await call('copyMessages', { chat_id: 1002, from_chat_id: 1001, message_ids: [] })).toContain('not specified')
})

test('a person forwards any message, with its file', async () => {
  const anna = sandbox.person(1001)
  await anna.sendDocument({ ...file('a.csv', 'text/csv'), caption: 'План' })
  await anna.forwardMessage(anna.messages()[0]!)
  const [source, forwarded] = anna.messages()
  expect(forwarded).toMatchObject({
    caption: 'План',
    document: source!.document,
    forward_origin: { sender_user: { id: 1001 } },
  })
})
