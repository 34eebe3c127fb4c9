import { expect, test } from 'vitest'
import { readClient } from './read-client.ts'

test.each([
  ['контейнеры ООО Ромашка', 'ООО Ромашка'],
  ['контейнеры ООО «Ромашка»', 'ООО «Ромашка»'],
  ['покажи контейнеры для АО "Тихий Берег"?', 'АО "Тихий Берег"'],
  ['где контейнеры клиента Ромашка', 'Ромашка'],
  ['что у ИП Иванов И.И.', 'ИП Иванов И.И'],
  ['ООО Север & Лог', 'ООО Север & Лог'],
  ['клиент Ромашка', 'Ромашка'],
  ['containers of LLC Pacific', 'LLC Pacific'],
  ['контейнеры', undefined],
  ['что стоит в Чите', undefined],
  ['сколько контейнеров у клиента', undefined],
  ['ООО', undefined],
  [
    'ООО Ромашка стоит и ждёт уже вторую неделю, подскажите пожалуйста что происходит и когда поедет дальше, очень ждём',
    undefined,
  ],
])('the client in %j is %s', (text, client) => {
  expect(readClient(text)).toBe(client)
})

test.each(['ооо ', 'контейнеры ', '«', 'а. ', 'клиент '])('100 characters of %j take no time', (text) => {
  const before = process.cpuUsage()
  readClient(text.repeat(100).slice(0, 120))
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(100)
})
