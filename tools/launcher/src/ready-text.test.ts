import { launcherTexts } from '@atermtrack/messages'
import { expect, test } from 'vitest'
import { readyText } from './ready-text.ts'

const facts = {
  pageUrl: 'http://127.0.0.1:8081/',
  admin: 'Анна',
  others: [
    { name: 'Борис', hasAccess: true },
    { name: 'Вера', hasAccess: false },
  ],
  files: { all: 60, done: 60, waiting: 1 },
  tries: { container: 'TKRU4471976', train: 'К26-145', question: 'что едет на станцию Селятино' },
}

test('the end of a start names the address, the admin, the people, the files as one line, and what to try', () => {
  const lines = readyText(facts, launcherTexts.ru).split('\n')
  expect(lines[0]).toBe('Готово.')
  for (const pattern of [
    /Чат с ботом +http:\/\/127\.0\.0\.1:8081\/$/,
    /Администратор +Анна: /,
    /С доступом +Борис: /,
    /Без доступа +Вера: .*Анна/,
    /Файлы +прочитано 60, 1 ждёт решения администратора: \/workbooks/,
    /TKRU4471976 +где контейнер/,
    /К26-145 +где поезд/,
    /что едет на станцию Селятино +вопрос/,
    /\/start +/,
  ]) {
    expect(lines.filter((line) => pattern.test(line))).toHaveLength(1)
  }
})

test('a start without a sandbox, an admin and data says what is there', () => {
  const bare = { pageUrl: undefined, admin: undefined, others: [], files: undefined }
  const text = readyText(
    { ...bare, tries: { container: undefined, train: undefined, question: undefined } },
    launcherTexts.en,
  )
  expect(text).toMatch(/Admin +nobody, set ADMIN_CHAT_ID/)
  expect(text).not.toMatch(/Chat with the bot|Files|undefined/)
})
