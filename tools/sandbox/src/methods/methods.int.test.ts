import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'

interface Answer {
  readonly ok: boolean
  readonly error_code?: number
  readonly description?: string
  // Each method has its own result; the assertions say what is in it.
  readonly result: ReturnType<typeof JSON.parse>
}

interface SeenUpdate {
  readonly message?: { readonly text?: string }
  readonly my_chat_member?: { readonly new_chat_member: { readonly status: string } }
}

let sandbox: Sandbox
let clock: number

beforeEach(async () => {
  clock = Date.UTC(2026, 5, 1, 12)
  sandbox = await startSandbox({ now: () => new Date(clock) })
})

afterEach(() => sandbox[Symbol.asyncDispose]())

async function call(method: string, body: object = {}, token = '42:secret') {
  const response = await fetch(`${sandbox.apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return (await response.json()) as Answer
}

const refused = (description: string, error_code = 400) => ({ ok: false, error_code, description })

test('answers getMe with the id of the token, and 401 to any other token when one is required', async () => {
  expect((await call('getMe')).result).toMatchObject({ id: 42, is_bot: true, username: 'atermtrack_bot' })
  expect((await call('getme')).ok).toBe(true)
  sandbox.setToken('42:other')
  expect(await call('getMe')).toEqual(refused('Unauthorized', 401))
  expect(await call('getMe', {}, 'nonsense')).toEqual(refused('Not Found', 404))
})

test('answers an unknown method with 404', async () => {
  expect(await call('sendGift')).toEqual(refused('Not Found', 404))
})

test('takes parameters from the query and from a form as well', async () => {
  const byQuery = await fetch(`${sandbox.apiRoot}/bot42:secret/sendMessage?chat_id=1001&text=hello`)
  expect(((await byQuery.json()) as Answer).result.text).toBe('hello')
  const byForm = await fetch(`${sandbox.apiRoot}/bot42:secret/sendMessage`, {
    method: 'POST',
    body: new URLSearchParams({
      chat_id: '1001',
      text: 'привет',
      reply_markup: JSON.stringify({ inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] }),
    }),
  })
  expect(((await byForm.json()) as Answer).result.reply_markup.inline_keyboard[0][0].callback_data).toBe('yes')
})

test('sends a message that the person sees, and records the call', async () => {
  const anna = sandbox.person(1001)
  const { result } = await call('sendMessage', { chat_id: 1001, text: '<b>Здравствуйте</b>', parse_mode: 'HTML' })
  expect(result).toMatchObject({
    text: 'Здравствуйте',
    entities: [{ type: 'bold', offset: 0, length: 12 }],
    chat: { id: 1001, type: 'private', first_name: 'Анна' },
    from: { id: 42, is_bot: true },
  })
  expect(anna.messages().map(({ text }) => text)).toEqual(['Здравствуйте'])
  const recorded = await sandbox.waitForCall(({ method }) => method === 'sendMessage')
  expect(recorded).toMatchObject({ chatId: 1001, status: 200, payload: { text: '<b>Здравствуйте</b>' } })
})

test.each([
  [{ text: '   ' }, 'Bad Request: message text is empty'],
  [{ text: 'я'.repeat(4097) }, 'Bad Request: message is too long'],
  [{ text: 'x', chat_id: 5 }, 'Bad Request: chat not found'],
  [{ text: 'x', chat_id: '' }, 'Bad Request: chat_id is empty'],
  [
    { text: '*x*', parse_mode: 'MarkdownV2' },
    'Bad Request: parse_mode MarkdownV2 is not supported in the sandbox; use HTML',
  ],
  [{ text: 'x', reply_parameters: { message_id: 999 } }, 'Bad Request: message to be replied not found'],
])('refuses to send %j', async (body, description) => {
  expect(await call('sendMessage', { chat_id: 1001, ...body })).toEqual(refused(description))
})

test('counts the length of a text after its markup is read', async () => {
  const { ok } = await call('sendMessage', { chat_id: 1001, text: `<b>${'x'.repeat(4096)}</b>`, parse_mode: 'HTML' })
  expect(ok).toBe(true)
})

test('edits in place, and refuses an edit that changes nothing', async () => {
  const anna = sandbox.person(1001)
  const { result } = await call('sendMessage', { chat_id: 1001, text: 'Ищу…' })
  const target = { chat_id: 1001, message_id: result.message_id }
  await call('editMessageText', { ...target, text: 'Нашёл' })
  expect(anna.messages()[0]).toMatchObject({ text: 'Нашёл', edit_date: clock / 1000 })
  expect((await call('editMessageText', { ...target, text: ' Нашёл ' })).description).toBe(
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  )
  const markup = { reply_markup: { inline_keyboard: [[{ text: 'Ещё', callback_data: 'more' }]] } }
  expect((await call('editMessageReplyMarkup', { ...target, ...markup })).result.text).toBe('Нашёл')
  expect((await call('editMessageReplyMarkup', { ...target, ...markup })).error_code).toBe(400)
  expect(await call('editMessageText', { ...target, text: 'x'.repeat(4097) })).toEqual(
    refused('Bad Request: MESSAGE_TOO_LONG'),
  )
  expect(await call('editMessageText', { ...target, message_id: 99, text: 'x' })).toEqual(
    refused('Bad Request: message to edit not found'),
  )
})

test('deletes messages younger than 48 hours only', async () => {
  const anna = sandbox.person(1001)
  const old = await call('sendMessage', { chat_id: 1001, text: 'старое' })
  clock += 48 * 3_600_000
  const young = await call('sendMessage', { chat_id: 1001, text: 'новое' })
  const ids = [old.result.message_id, young.result.message_id]
  expect(await call('deleteMessage', { chat_id: 1001, message_id: ids[0] })).toEqual(
    refused("Bad Request: message can't be deleted for everyone"),
  )
  expect((await call('deleteMessages', { chat_id: 1001, message_ids: ids })).result).toBe(true)
  expect(anna.messages().map(({ text }) => text)).toEqual(['старое'])
  expect(await call('deleteMessage', { chat_id: 1001, message_id: ids[1] })).toEqual(
    refused('Bad Request: message to delete not found'),
  )
})

test('answers a pressed button within 15 seconds and not later', async () => {
  const anna = sandbox.person(1001)
  const reply_markup = { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] }
  await call('sendMessage', { chat_id: 1001, text: 'Отправить?', reply_markup })
  const press = await anna.press('Да')
  const { result: updates } = await call('getUpdates')
  expect(updates[0]).toMatchObject({
    update_id: press.updateId,
    callback_query: { id: press.queryId, data: 'yes', from: { id: 1001 }, message: { text: 'Отправить?' } },
  })
  expect(await call('answerCallbackQuery', { callback_query_id: press.queryId, text: 'x'.repeat(201) })).toEqual(
    refused('Bad Request: MESSAGE_TOO_LONG'),
  )
  await call('answerCallbackQuery', { callback_query_id: press.queryId, text: 'Готово', show_alert: true })
  expect(await anna.waitForAnswer(press)).toMatchObject({ text: 'Готово', showAlert: true })
  const late = await anna.press('Да')
  clock += 15_001
  expect(await call('answerCallbackQuery', { callback_query_id: late.queryId })).toEqual(
    refused('Bad Request: query is too old and response timeout expired or query ID is invalid'),
  )
})

test('notifies the bot that it was blocked, and refuses its messages from then on', async () => {
  const anna = sandbox.person(1001)
  await anna.block()
  expect(await call('sendMessage', { chat_id: 1001, text: 'x' })).toEqual(
    refused('Forbidden: bot was blocked by the user', 403),
  )
  await anna.unblock()
  expect((await call('sendMessage', { chat_id: 1001, text: 'x' })).ok).toBe(true)
  const { result: updates } = await call('getUpdates')
  expect(updates.map((update: SeenUpdate) => update.my_chat_member?.new_chat_member.status)).toEqual([
    'kicked',
    'member',
  ])
})

test('refuses to write to a stranger or to a deleted account', async () => {
  const stranger = sandbox.person({ name: 'Глеб', started: false })
  expect(stranger.id).toBe(1004)
  expect(() => sandbox.person({ name: 'Глеб', id: 1004 })).toThrow('person 1004 is already in the sandbox')
  expect(await call('sendMessage', { chat_id: 1004, text: 'x' })).toEqual(
    refused("Forbidden: bot can't initiate conversation with a user", 403),
  )
  await stranger.openDeepLink('invite-1')
  expect((await call('getUpdates')).result[0].message).toMatchObject({
    text: '/start invite-1',
    entities: [{ type: 'bot_command', offset: 0, length: 6 }],
  })
  expect((await call('sendMessage', { chat_id: 1004, text: 'x' })).ok).toBe(true)
  await stranger.deactivate()
  expect(await call('sendMessage', { chat_id: 1004, text: 'x' })).toEqual(
    refused('Forbidden: user is deactivated', 403),
  )
  await expect(stranger.openDeepLink('пригласи')).rejects.toThrow("can't be the payload")
})

test('keeps commands by scope and language and checks them', async () => {
  const commands = [{ command: 'start', description: 'Начать' }]
  await call('setMyCommands', { commands, language_code: 'ru' })
  expect((await call('getMyCommands', { language_code: 'ru' })).result).toEqual(commands)
  expect((await call('getMyCommands')).result).toEqual([])
  await call('deleteMyCommands', { language_code: 'ru' })
  expect((await call('getMyCommands', { language_code: 'ru' })).result).toEqual([])
  const many = Array.from({ length: 101 }, (_, index) => ({ command: `c${index}`, description: 'd' }))
  expect((await call('setMyCommands', { commands: many })).error_code).toBe(400)
  expect(await call('setMyCommands', { commands: [{ command: 'Старт', description: 'd' }] })).toEqual(
    refused('Bad Request: BOT_COMMAND_INVALID'),
  )
  expect(await call('setMyCommands', { commands: [{ command: 'a', description: '' }] })).toEqual(
    refused('Bad Request: BOT_COMMAND_DESCRIPTION_INVALID'),
  )
})

test('limits what an inline query may be answered with', async () => {
  const { queryId } = await sandbox.person(1001).askInline('TKRU')
  const answer = (ids: readonly string[]) =>
    call('answerInlineQuery', { inline_query_id: queryId, results: ids.map((id) => ({ type: 'article', id })) })
  expect((await answer(Array.from({ length: 51 }, (_, id) => String(id)))).description).toBe(
    'Bad Request: RESULTS_TOO_MUCH',
  )
  expect((await answer(['я'.repeat(33)])).description).toBe('Bad Request: RESULT_ID_INVALID')
  expect((await answer(['1', '2'])).ok).toBe(false)
  const results = [
    {
      type: 'article',
      id: '1',
      title: 'Раз',
      input_message_content: { message_text: '<b>раз</b>', parse_mode: 'HTML' },
    },
  ]
  const button = { text: 'Открыть', start_parameter: 'inline' }
  const asked = { inline_query_id: queryId, results, button, is_personal: true, cache_time: 5 }
  expect((await call('answerInlineQuery', { ...asked, button: { text: 'Открыть', start_parameter: 'я' } })).ok).toBe(
    false,
  )
  expect((await call('answerInlineQuery', asked)).ok).toBe(true)
  expect((await call('answerInlineQuery', asked)).description).toContain('query is too old')
})

test('sends a result that the bot has offered to the person who asked, and to nobody else', async () => {
  const [anna, boris] = [sandbox.person(1001), sandbox.person(1002)]
  const group = sandbox.group({ title: 'Клиент', members: [1001, 1002] })
  const asked = await anna.askInline('TKRU', { chatId: group.id })
  const results = [
    {
      type: 'article',
      id: '1',
      title: 'Раз',
      input_message_content: { message_text: '<b>раз</b>', parse_mode: 'HTML' },
    },
  ]
  await call('answerInlineQuery', { inline_query_id: asked.queryId, results })
  expect(await anna.waitForInline(asked)).toMatchObject({ results: [{ id: '1', title: 'Раз' }], isPersonal: false })
  await expect(boris.sendInline(asked, '1', { chatId: group.id })).rejects.toThrow('no result 1')
  const sent = await anna.sendInline(asked, '1', { chatId: group.id })
  expect(sent).toMatchObject({
    text: 'раз',
    entities: [{ type: 'bold' }],
    from: { id: 1001 },
    via_bot: { is_bot: true },
  })
})

test('gets only the messages for it in a group, and follows the group when it becomes a supergroup', async () => {
  const group = sandbox.group({ title: 'Диспетчеры', members: [1001, 1002] })
  const anna = sandbox.person(1001)
  expect(await anna.say('между нами', { chatId: group.id })).toBe(0)
  await anna.say('/help@other_bot', { chatId: group.id })
  await anna.say('/help', { chatId: group.id, threadId: 7 })
  const { result: updates } = await call('getUpdates')
  expect(updates.map((update: SeenUpdate) => update.message?.text)).toEqual([undefined, '/help'])
  expect(updates[1].message.message_thread_id).toBe(7)
  const reply = await call('sendMessage', { chat_id: group.id, message_thread_id: 7, text: 'Справка' })
  expect(reply.result.message_thread_id).toBe(7)
  const supergroup = group.migrate()
  expect(await call('sendMessage', { chat_id: group.id, text: 'x' })).toMatchObject({
    error_code: 400,
    parameters: { migrate_to_chat_id: supergroup.id },
  })
  expect((await call('sendMessage', { chat_id: supergroup.id, text: 'x' })).ok).toBe(true)
  supergroup.removeBot()
  expect(await call('sendMessage', { chat_id: supergroup.id, text: 'x' })).toEqual(
    refused('Forbidden: bot was kicked from the supergroup chat', 403),
  )
})

test('lets a person wait for a new message and for an edit of it', async () => {
  const anna = sandbox.person(1001)
  await anna.say('TKRU4471976')
  const sent = call('sendMessage', { chat_id: 1001, text: 'Ищу…' })
  const placeholder = await anna.waitForReply()
  await sent
  const edited = anna.waitForReply({ after: placeholder })
  await call('editMessageText', { chat_id: 1001, message_id: placeholder.message_id, text: 'Нашёл' })
  expect((await edited).text).toBe('Нашёл')
  await expect(anna.waitForReply({ after: await edited, timeoutMs: 20 })).rejects.toThrow('waited 20 ms in vain')
})
