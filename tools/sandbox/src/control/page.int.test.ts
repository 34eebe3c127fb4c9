import { readFile } from 'node:fs/promises'
import { ensureCommand, utf8Environment } from '@atermtrack/servers'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'

let browser: Browser
let page: Page
let sandbox: Sandbox
let problems: string[]

beforeAll(async () => {
  const executablePath = await ensureCommand({ command: 'chromium', debianPackage: 'chromium' })
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  // Every run is that of a bare machine: without a UTF-8 locale Chromium calls what it downloads `download`.
  const env = utf8Environment({ ...process.env, LANG: undefined, LC_ALL: 'C' })
  browser = await chromium.launch({
    executablePath,
    args: [...args, '--disable-component-update', '--disable-sync'],
    env,
  })
})

afterAll(() => browser.close())

beforeEach(async () => {
  sandbox = await startSandbox()
  page = await browser.newPage({ viewport: { width: 1000, height: 700 } })
  problems = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
})

afterEach(async () => {
  await page.close()
  await sandbox[Symbol.asyncDispose]()
  if (problems.length > 0) throw new Error(`the page reported: ${problems.join('; ')}`)
})

async function call(method: string, body: object): Promise<ReturnType<typeof JSON.parse>> {
  const response = await fetch(`${sandbox.apiRoot}/bot42:secret/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { ok, result, description } = (await response.json()) as { ok: boolean; result: unknown; description: string }
  if (!ok) throw new Error(description)
  return result
}

const say = (text: string, more: object = {}) =>
  call('sendMessage', { chat_id: 1001, text, parse_mode: 'HTML', ...more })
const nextUpdate = async () => (await call('getUpdates', { offset: -1, timeout: 10 }))[0]
const bubble = (text: string) => page.locator('.message', { hasText: text })

test('begins a chat with the start button and sends what is typed', async () => {
  await page.goto(sandbox.pageUrl)
  await page.getByRole('button', { name: 'Начать' }).click()
  expect((await nextUpdate()).message.text).toBe('/start')
  await page.getByLabel('Сообщение', { exact: true }).fill('TKRU4471976')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('TKRU4471981')
  await page.keyboard.press('Enter')
  await bubble('TKRU4471981').waitFor()
  expect((await nextUpdate()).message.text).toBe('TKRU4471976\nTKRU4471981')
})

test('shows messages as they come, change and go', async () => {
  await page.goto(sandbox.pageUrl)
  const { message_id } = await say('Ищу…')
  await bubble('Ищу…').waitFor()
  await call('editMessageText', { chat_id: 1001, message_id, text: 'Нашёл' })
  await bubble('изменено').waitFor()
  expect(await page.locator('.message').count()).toBe(1)
  await call('sendChatAction', { chat_id: 1001, action: 'typing' })
  await page.getByText('печатает…').waitFor()
  await call('deleteMessage', { chat_id: 1001, message_id })
  await bubble('Нашёл').waitFor({ state: 'detached' })
})

test('renders entities and never what looks like markup', async () => {
  await page.goto(sandbox.pageUrl)
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
  await page.goto(sandbox.pageUrl)
  const reply_markup = { inline_keyboard: [[{ text: 'Следить', callback_data: 'watch' }]] }
  await say('TKRU4471976', { reply_markup })
  await page.getByRole('button', { name: 'Следить' }).click()
  const { callback_query } = await nextUpdate()
  expect(callback_query).toMatchObject({ data: 'watch', from: { id: 1001 } })
  await call('answerCallbackQuery', { callback_query_id: callback_query.id, text: 'Слежу' })
  await page.locator('.toast.shown', { hasText: 'Слежу' }).waitFor()
  await page.locator('.inline-keyboard button:not([aria-busy])').click()
  const second = (await nextUpdate()).callback_query
  await call('answerCallbackQuery', { callback_query_id: second.id, text: 'Кнопка устарела', show_alert: true })
  await page.getByRole('dialog').getByText('Кнопка устарела').waitFor()
  await page.getByRole('button', { name: 'Понятно' }).click()
})

test('keeps the reply keyboard until the bot takes it away, and puts a one-time one away after use', async () => {
  await page.goto(sandbox.pageUrl)
  const keyboard = page.getByRole('group', { name: 'Клавиатура бота' })
  await say('Меню', { reply_markup: { keyboard: [['Найти', 'Отчёт']], resize_keyboard: true } })
  await keyboard.getByRole('button', { name: 'Отчёт' }).click()
  expect((await nextUpdate()).message.text).toBe('Отчёт')
  await keyboard.waitFor({ state: 'visible' })
  await say('Точно?', { reply_markup: { keyboard: [['Да']], one_time_keyboard: true } })
  await keyboard.getByRole('button', { name: 'Да' }).click()
  await keyboard.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Клавиатура бота' }).click()
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
  await page.goto(sandbox.pageUrl)
  await page.getByRole('button', { name: '☰ Меню' }).waitFor()
  await page.getByLabel('Сообщение', { exact: true }).fill('/')
  await page.getByRole('option', { name: '/settings Настройки' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect((await nextUpdate()).message).toMatchObject({ text: '/settings', entities: [{ type: 'bot_command' }] })
})

test('sends files and downloads documents', async () => {
  await say('Жду файл')
  await page.goto(sandbox.pageUrl)
  await bubble('Жду файл').waitFor()
  await page
    .locator('#file')
    .setInputFiles({ name: 'Дислокация.csv', mimeType: 'text/csv', buffer: Buffer.from('a;b') })
  await page.getByRole('link', { name: 'Скачать Дислокация.csv' }).waitFor()
  const { document } = (await nextUpdate()).message
  expect(document).toMatchObject({ file_name: 'Дислокация.csv', file_size: 3 })
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Скачать Дислокация.csv' }).click()
  expect((await download).suggestedFilename()).toBe('Дислокация.csv')
  expect(await readFile(await (await download).path(), 'utf8')).toBe('a;b')
})

test('blocks the bot and lets it back', async () => {
  await say('Здравствуйте')
  await page.goto(sandbox.pageUrl)
  // Until the chat is there the switch has nothing to act on.
  await bubble('Здравствуйте').waitFor()
  await page.getByRole('switch').click()
  await page.getByText('бот заблокирован').waitFor()
  await expect(say('x')).rejects.toThrow('Forbidden: bot was blocked by the user')
  await page.getByRole('button', { name: 'Вернуть бота' }).click()
  await page.getByLabel('Сообщение', { exact: true }).waitFor()
  await say('Снова здесь')
  await bubble('Снова здесь').waitFor()
})

test('adds people, shows whose chats have news, and fits a telephone', async () => {
  await page.setViewportSize({ width: 390, height: 780 })
  await page.goto(sandbox.pageUrl)
  await page.getByRole('button', { name: '+ Человек' }).click()
  await page.getByLabel('Имя', { exact: true }).fill('Глеб')
  await page.getByRole('button', { name: 'Добавить' }).click()
  await page.getByRole('button', { name: 'Глеб' }).waitFor()
  await call('sendMessage', { chat_id: 1004, text: 'Здравствуйте, Глеб' })
  await page.getByRole('button', { name: 'Глеб, новых сообщений: 1' }).click()
  await bubble('Здравствуйте, Глеб').waitFor()
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: 'К списку чатов' }).click()
  await page.getByRole('button', { name: 'Глеб', exact: true }).waitFor()
})
