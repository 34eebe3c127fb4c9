import { expect, test } from 'vitest'
import { actionsOf, rendered } from '../rendered.test-helper.ts'

const period = { gathered: 1, reasons: {}, newest: [] }

test('counts by reason, the most frequent first, with the newest names and a button to the list', () => {
  const reasons = { encrypted: 40, unknown_sender: 78 }
  const newest = [120, 119].map((n) => `<${n}>.xlsx`)
  const notice = rendered('gathered', { topic: 'strangers', gathered: 118, reasons, newest })
  expect(notice.html.split('\n')).toEqual([
    '🛑 <b>Ещё 118 файлов от неизвестных отправителей</b>',
    '• 78: отправителя нет в списке доверенных',
    '• 40: файл защищён паролем: пришлите без пароля',
    'Последние:',
    '📄 &lt;120&gt;.xlsx',
    '📄 &lt;119&gt;.xlsx',
  ])
  expect(actionsOf(notice)).toEqual(['wb-open:files'])
})

test('an admin reads it in their own language, and about mail with the reasons of mail', () => {
  const notice = rendered('gathered', { ...period, topic: 'mail', reasons: { stranger_quota: 1 } }, 'en')
  expect(notice.html).toMatch(/^📭 <b>1 more message was not taken<\/b>\n• 1: too much came from unknown senders/)
  expect(notice.buttons?.[0]?.[0]).toEqual({ text: '✉️ Open the messages', action: 'wb-open', ids: ['mail'] })
})

test('stays within the limit of Telegram, whatever the names and the reasons', () => {
  const reasons = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`reason-${n}`, 1]))
  const newest = Array.from({ length: 5 }, () => '<'.repeat(500))
  expect(rendered('gathered', { topic: 'files', gathered: 200, reasons, newest }).html.length).toBeLessThan(4_096)
})
