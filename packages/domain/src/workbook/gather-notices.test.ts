import { expect, test } from 'vitest'
import { addToPeriod, emptyPeriod, gatheredNotice, type NoticePeriod, type NoticeTopic } from './gather-notices.ts'

function after(topic: NoticeTopic, count: number, reasonOf = (_n: number) => 'unknown_sender') {
  let period: NoticePeriod = emptyPeriod
  const single: number[] = []
  for (let n = 1; n <= count; n++) {
    const added = addToPeriod(period, topic, { name: `<${n}>.xlsx`, reason: reasonOf(n) })
    if (added.isSingle) single.push(n)
    period = added.period
  }
  return { single, period }
}

test('the first few have messages of their own, those of strangers fewer', () => {
  expect(after('strangers', 120).single).toEqual([1, 2])
  expect(after('files', 120).single).toEqual([1, 2, 3, 4, 5])
  expect(after('mail', 120).single).toEqual([1, 2])
})

test('the others are counted by reason, with the names of the newest and a button to the list', () => {
  const { period } = after('strangers', 120, (n) => (n % 3 === 0 ? 'encrypted' : 'unknown_sender'))
  const { html, keyboard } = gatheredNotice(period, 'strangers', 'ru')
  expect(html.split('\n')).toEqual([
    '🛑 <b>Ещё 118 файлов от неизвестных отправителей</b>',
    '• 78: отправителя нет в списке доверенных',
    '• 40: файл защищён паролем: пришлите без пароля',
    'Последние:',
    ...[120, 119, 118, 117, 116].map((n) => `📄 &lt;${n}&gt;.xlsx`),
  ])
  expect(keyboard.inline_keyboard.flat().map(({ callback_data }) => callback_data)).toEqual(['v1:wb-open:files'])
})

test('an admin reads it in their own language, and of mail with the reasons of mail', () => {
  const { period } = after('mail', 3, () => 'stranger_quota')
  const { html, keyboard } = gatheredNotice(period, 'mail', 'en')
  expect(html).toMatch(/^📭 <b>1 more message was not taken<\/b>\n• 1: too much came from unknown senders/)
  expect(keyboard.inline_keyboard[0]?.[0]).toEqual({ text: '✉️ Open the messages', callback_data: 'v1:wb-open:mail' })
})

test('a message stays within what Telegram takes, whatever the names and the reasons', () => {
  let period: NoticePeriod = emptyPeriod
  for (let n = 0; n < 200; n++) {
    const entry = { name: '<'.repeat(500), reason: `reason-${n}` }
    period = addToPeriod(period, 'files', entry).period
  }
  expect(gatheredNotice(period, 'files', 'ru').html.length).toBeLessThan(4_096)
})
