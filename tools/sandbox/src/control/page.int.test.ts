import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { usePage } from './open-page.test-helper.ts'

const at = usePage()
const { call, say, nextUpdate, bubble } = at

test('begins a chat with the start button and sends what is typed', async () => {
  await at.page.goto(at.sandbox.pageUrl)
  await at.page.getByRole('button', { name: 'Начать' }).click()
  expect((await nextUpdate()).message.text).toBe('/start')
  await at.page.getByLabel('Сообщение', { exact: true }).fill('TKRU4471976')
  await at.page.keyboard.press('Shift+Enter')
  await at.page.keyboard.type('TKRU4471981')
  await at.page.keyboard.press('Enter')
  await bubble('TKRU4471981').waitFor()
  expect((await nextUpdate()).message.text).toBe('TKRU4471976\nTKRU4471981')
})

test('shows messages as they come, change and go', async () => {
  await at.page.goto(at.sandbox.pageUrl)
  const { message_id } = await say('Ищу…')
  await bubble('Ищу…').waitFor()
  await call('editMessageText', { chat_id: 1001, message_id, text: 'Нашёл' })
  await bubble('изменено').waitFor()
  expect(await at.page.locator('.message').count()).toBe(1)
  await call('sendChatAction', { chat_id: 1001, action: 'typing' })
  await at.page.getByText('печатает…').waitFor()
  await call('deleteMessage', { chat_id: 1001, message_id })
  await bubble('Нашёл').waitFor({ state: 'detached' })
})

test('renders entities and never what looks like markup', async () => {
  await at.page.goto(at.sandbox.pageUrl)
  await say(
    '<b>жирный <i>курсив</i></b> &lt;img src=x onerror=alert(1)&gt; <a href="https://example.org/">ссылка</a> ' +
      '<blockquote expandable>длинно</blockquote><tg-spoiler>тайна</tg-spoiler>',
  )
  const message = bubble('жирный')
  await message.waitFor()
  expect(await message.locator('b i').textContent()).toBe('курсив')
  expect(await message.locator('img').count()).toBe(0)
  expect(await message.textContent()).toContain('<img src=x onerror=alert(1)>')
  expect(await message.locator('a').getAttribute('href')).toBe('https://example.org/')
  await message.getByRole('button', { name: 'Развернуть' }).click()
  await message.getByRole('button', { name: 'Свернуть' }).waitFor()
  await message.getByRole('button', { name: 'Скрытый текст, показать' }).click()
  expect(await message.locator('.spoiler').count()).toBe(0)
})

test('presses inline buttons and shows the answers', async () => {
  await at.page.goto(at.sandbox.pageUrl)
  const reply_markup = { inline_keyboard: [[{ text: 'Следить', callback_data: 'watch' }]] }
  await say('TKRU4471976', { reply_markup })
  await at.page.getByRole('button', { name: 'Следить' }).click()
  const { callback_query } = await nextUpdate()
  expect(callback_query).toMatchObject({ data: 'watch', from: { id: 1001 } })
  await call('answerCallbackQuery', { callback_query_id: callback_query.id, text: 'Слежу' })
  await at.page.locator('.toast.shown', { hasText: 'Слежу' }).waitFor()
  await at.page.locator('.inline-keyboard button:not([aria-busy])').click()
  const second = (await nextUpdate()).callback_query
  await call('answerCallbackQuery', { callback_query_id: second.id, text: 'Кнопка устарела', show_alert: true })
  await at.page.getByRole('dialog').getByText('Кнопка устарела').waitFor()
  await at.page.getByRole('button', { name: 'Понятно' }).click()
})

test('keeps the reply keyboard until the bot takes it away, and puts a one-time one away after use', async () => {
  await at.page.goto(at.sandbox.pageUrl)
  const keyboard = at.page.getByRole('group', { name: 'Клавиатура бота' })
  await say('Меню', { reply_markup: { keyboard: [['Найти', 'Отчёт']], resize_keyboard: true } })
  await keyboard.getByRole('button', { name: 'Отчёт' }).click()
  expect((await nextUpdate()).message.text).toBe('Отчёт')
  await keyboard.waitFor({ state: 'visible' })
  await say('Точно?', { reply_markup: { keyboard: [['Да']], one_time_keyboard: true } })
  await keyboard.getByRole('button', { name: 'Да' }).click()
  await keyboard.waitFor({ state: 'hidden' })
  await at.page.getByRole('button', { name: 'Клавиатура бота' }).click()
  await keyboard.waitFor({ state: 'visible' })
  await say('Готово', { reply_markup: { remove_keyboard: true } })
  await keyboard.waitFor({ state: 'hidden' })
})

test('offers the commands when a slash is typed', async () => {
  await call('setMyCommands', {
    commands: [
      { command: 'help', description: 'Справка' },
      { command: 'settings', description: 'Настройки' },
    ],
  })
  await say('Здравствуйте')
  await at.page.goto(at.sandbox.pageUrl)
  await at.page.getByRole('button', { name: '☰ Меню' }).waitFor()
  await at.page.getByLabel('Сообщение', { exact: true }).fill('/')
  await at.page.getByRole('option', { name: '/settings Настройки' }).waitFor()
  await at.page.keyboard.press('ArrowDown')
  await at.page.keyboard.press('Enter')
  expect((await nextUpdate()).message).toMatchObject({ text: '/settings', entities: [{ type: 'bot_command' }] })
})

test('sends files and downloads documents', async () => {
  await say('Жду файл')
  await at.page.goto(at.sandbox.pageUrl)
  await bubble('Жду файл').waitFor()
  await at.page
    .locator('#file')
    .setInputFiles({ name: 'Дислокация.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b') })
  await at.page.getByRole('link', { name: 'Скачать Дислокация.csv' }).waitFor()
  const { document } = (await nextUpdate()).message
  expect(document).toMatchObject({ file_name: 'Дислокация.csv', file_size: 3 })
  const download = at.page.waitForEvent('download')
  await at.page.getByRole('link', { name: 'Скачать Дислокация.csv' }).click()
  expect((await download).suggestedFilename()).toBe('Дислокация.csv')
  expect(await readFile(await (await download).path(), 'utf8')).toBe('a;b')
})

test('blocks the bot and lets it back', async () => {
  await say('Здравствуйте')
  await at.page.goto(at.sandbox.pageUrl)
  // Until the chat is there the switch has nothing to act on.
  await bubble('Здравствуйте').waitFor()
  await at.page.getByRole('switch').click()
  await at.page.getByText('бот заблокирован').waitFor()
  await expect(say('x')).rejects.toThrow('Forbidden: bot was blocked by the user')
  await at.page.getByRole('button', { name: 'Вернуть бота' }).click()
  await at.page.getByLabel('Сообщение', { exact: true }).waitFor()
  await say('Снова здесь')
  await bubble('Снова здесь').waitFor()
})

test('adds people, shows whose chats have news, and fits a telephone', async () => {
  await at.page.setViewportSize({ width: 390, height: 780 })
  await at.page.goto(at.sandbox.pageUrl)
  await at.page.getByRole('button', { name: '+ Человек' }).click()
  await at.page.getByLabel('Имя', { exact: true }).fill('Глеб')
  await at.page.getByRole('button', { name: 'Добавить' }).click()
  // A new person is opened at once.
  await at.page.getByRole('heading', { name: 'AtermTrack' }).waitFor()
  await at.page.getByText('бот · телефон: Глеб').waitFor()
  await at.page.getByRole('button', { name: 'К списку чатов' }).click()
  await at.page.getByRole('button', { name: 'Борис' }).click()
  await at.page.getByRole('button', { name: 'К списку чатов' }).click()
  await call('sendMessage', { chat_id: 1004, text: 'Здравствуйте, Глеб' })
  await at.page.getByRole('button', { name: 'Глеб, новых сообщений: 1' }).click()
  await bubble('Здравствуйте, Глеб').waitFor()
  expect(await at.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await at.page.getByRole('button', { name: 'К списку чатов' }).click()
  await at.page.getByRole('button', { name: 'Глеб', exact: true }).waitFor()
})
