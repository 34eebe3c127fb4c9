import { expect, test } from 'vitest'
import { usePage } from './open-page.test-helper.ts'

const at = usePage()
const { call, say, nextUpdate, bubble } = at

test('answers a message, makes words bold and italic, all by the keyboard', async () => {
  await say('Кто это?')
  await at.page.goto(at.sandbox.pageUrl)
  await bubble('Кто это?').waitFor()
  await at.page.getByRole('button', { name: 'Ответить' }).focus()
  await at.page.keyboard.press('Enter')
  await at.page.getByRole('group', { name: 'Ответ на сообщение, AtermTrack' }).waitFor()
  await at.page.keyboard.type('Это ')
  await at.page.keyboard.press('Control+b')
  await at.page.keyboard.type('срочно')
  for (let step = 0; step < 2; step += 1) await at.page.keyboard.press('ArrowRight')
  await at.page.keyboard.type(' и __важно__')
  await at.page.keyboard.press('Enter')
  await bubble('Это срочно и важно').waitFor()
  const { message } = await nextUpdate()
  expect(message).toMatchObject({ text: 'Это срочно и важно', reply_to_message: { text: 'Кто это?' } })
  expect(message.entities).toEqual([
    { type: 'bold', offset: 4, length: 6 },
    { type: 'italic', offset: 13, length: 5 },
  ])
  await at.page.getByRole('group', { name: /^Ответ на сообщение/ }).waitFor({ state: 'hidden' })
})

test('a click on a number copies it', async () => {
  await say('<code>TKRU4471976</code> в пути')
  await at.page.goto(at.sandbox.pageUrl)
  await at.page.getByRole('button', { name: 'TKRU4471976' }).click()
  await at.page.locator('.toast.shown', { hasText: 'Скопировано' }).waitFor()
  expect(await at.page.evaluate('navigator.clipboard.readText()')).toBe('TKRU4471976')
})

test('a picture is sent as a photo and opens large', async () => {
  await say('Жду фото')
  await at.page.goto(at.sandbox.pageUrl)
  await bubble('Жду фото').waitFor()
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await at.page
    .locator('#file')
    .setInputFiles({ name: 'Пломба.png', mimeType: 'image/png', buffer: Buffer.from(dot, 'base64') })
  await at.page.getByRole('button', { name: 'Открыть фото' }).click()
  expect((await nextUpdate()).message.photo).toHaveLength(1)
  await at.page.getByRole('dialog').getByRole('img').waitFor()
  await at.page.keyboard.press('Escape')
  await at.page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('asks the bot in a group, sends a result, and opens the bot by its button', async () => {
  const group = at.sandbox.group({ title: 'Клиент', members: [1001, 1002] })
  await at.page.goto(`${at.sandbox.pageUrl}#${group.id}`)
  const text = at.page.getByLabel('Сообщение', { exact: true })
  // The page waits until the person pauses.
  const nextQuery = async (): Promise<{ readonly id: string; readonly query: string }> => {
    const update = await nextUpdate()
    await call('getUpdates', { offset: update.update_id + 1 })
    return update.inline_query ?? nextQuery()
  }
  const offer = async (more: object) => {
    const query = await nextQuery()
    await call('answerInlineQuery', { inline_query_id: query.id, results: [], ...more })
    return query
  }
  await text.fill('@atermtrack_bot TKRU4471976')
  const input = { message_text: '<b>TKRU4471976</b> в пути', parse_mode: 'HTML' }
  const query = await offer({
    results: [{ type: 'article', id: '1', title: '📦 TKRU4471976', input_message_content: input }],
  })
  expect(query).toMatchObject({ query: 'TKRU4471976', from: { id: 1001 } })
  await at.page.getByRole('option', { name: '📦 TKRU4471976' }).waitFor()
  await at.page.keyboard.press('Enter')
  await bubble('через @atermtrack_bot').waitFor()
  expect(await text.inputValue()).toBe('')
  await text.fill('@atermtrack_bot нет')
  await offer({ button: { text: 'Открыть бота', start_parameter: 'inline' } })
  await at.page.getByRole('option', { name: 'Открыть бота' }).click()
  await bubble('/start inline').waitFor()
  expect((await nextUpdate()).message).toMatchObject({ text: '/start inline', chat: { id: 1001 } })
})

/** Texts whose contrast with what lies behind them is below 4.5, or 3 for large ones, as lines. */
const faintTexts = `(() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number)
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const behind = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(one).backgroundColor)
      if (a === 1) return [r, g, b]
    }
    return [255, 255, 255]
  }
  const faint = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement
    if (walker.currentNode.textContent.trim() === '' || !node.checkVisibility({ opacityProperty: true })) continue
    if (node.closest('.spoiler, .toast')) continue
    const [front, back] = [light(parse(getComputedStyle(node).color)), light(behind(node))]
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05)
    if (ratio < 4.5) faint.push(ratio.toFixed(2) + ' ' + (node.className || node.tagName) + ': ' + node.textContent.slice(0, 30))
  }
  return faint
})()`

test.for(['light', 'dark'] as const)('every text can be read in the %s theme', async (colorScheme) => {
  await at.page.emulateMedia({ colorScheme })
  await call('setMyCommands', { commands: [{ command: 'help', description: 'Справка' }] })
  const keyboard = { keyboard: [['Найти']], resize_keyboard: true }
  await say('Меню', { reply_markup: keyboard })
  const inline = { inline_keyboard: [[{ text: 'Следить', callback_data: 'a' }]] }
  await say(
    '<b>Жирный</b> <code>TKRU4471976</code> <a href="https://example.org/">ссылка</a> /help ' +
      '<blockquote>цитата</blockquote><pre>код</pre>',
    { reply_markup: inline },
  )
  const [menu] = at.sandbox.person(1001).messages()
  await at.sandbox.person(1001).say('Мой ответ', { replyToMessageId: menu?.message_id ?? 0 })
  await at.sandbox.person(1002).say('Привет')
  await at.page.goto(at.sandbox.pageUrl)
  await bubble('Мой ответ').waitFor()
  await bubble('Мой ответ').hover()
  await at.page.getByLabel('Сообщение', { exact: true }).fill('/')
  await at.page.getByRole('option').waitFor()
  expect(await at.page.evaluate(faintTexts)).toEqual([])
})

test('the frame is English in an English browser', async () => {
  const english = await at.browser.newPage({ locale: 'en-GB' })
  await english.goto(at.sandbox.pageUrl)
  await english.getByRole('button', { name: '+ Person' }).waitFor()
  expect(
    await english.evaluate("document.body.innerText.replace(/Анна|Борис|Вера/g, '').match(/[А-Яа-яЁё]{2,}/g)"),
  ).toBeNull()
  await english.close()
})
