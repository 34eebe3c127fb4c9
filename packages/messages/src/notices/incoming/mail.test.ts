import { expect, test } from 'vitest'
import { actionsOf, rendered } from '../rendered.test-helper.ts'
import { mailReasonSentence } from './workbook-reasons.ts'

const mail = { id: 9, sender: 'a@b.example', subject: 'Отчёт <103>', size: 61_234_567, reason: 'too_big' }

test('names the sender, the subject, the size and the reason of a refusal, none of them as markup', () => {
  const notice = rendered('mail_refused', mail, 'ru')
  expect(notice.html.split('\n')).toEqual([
    '📭 <b>Письмо не принято</b> №9',
    '✉️ a@b.example',
    'Отчёт &lt;103&gt;',
    'Размер: 61,2 МБ',
    'Причина: письмо больше, чем разрешено принимать (MAIL_MAX_MESSAGE_MB)',
  ])
  expect(actionsOf(notice)).toEqual(['wb-mail:9', 'wb-mail-again:9'])
})

test('a message about which nothing is known is still reported', () => {
  const { html } = rendered(
    'mail_refused',
    { id: 9, sender: null, subject: null, size: null, reason: 'of_tomorrow' },
    'ru',
  )
  expect(html.split('\n').slice(1)).toEqual(['✉️ отправитель неизвестен', 'Причина: of_tomorrow'])
})

test('another attempt is reported, with a button only where an attempt is left', () => {
  const taken = rendered('mail_retried', { ...mail, status: 'stored', files: 2 }, 'ru')
  expect(taken.html).toContain('✅ <b>Письмо принято</b> №9')
  expect(actionsOf(taken)).toEqual([])
  expect(actionsOf(rendered('mail_retried', { ...mail, status: 'refused', files: 0 }, 'ru'))).toContain(
    'wb-mail-again:9',
  )
  const gone = rendered('mail_retried', { ...mail, reason: 'gone', status: 'ignored', files: 0 }, 'ru')
  expect(gone.html).toContain('письма больше нет в ящике')
  expect(actionsOf(gone)).toEqual([])
})

test('a message that cannot be downloaded yet is reported as one that is retried', () => {
  const notice = rendered('mail_deferred', { ...mail, reason: 'download_cut' }, 'ru')
  expect(notice.html).toContain('⏳ <b>Письмо пока не скачивается</b> №9')
  expect(notice.html).toContain('Причина: загрузка письма каждый раз обрывается\nОстальные письма принимаются')
  expect(actionsOf(notice)).toEqual(['wb-mail:9', 'wb-mail-again:9'])
})

test('reasons are worded in either language', () => {
  expect(mailReasonSentence('gone', 'en')).toBe('the message is not in the mailbox any more')
})

test('an admin reads all of it in their own language', () => {
  const taken = rendered('mail_retried', { ...mail, status: 'stored', files: 1 }, 'en')
  const notices = [rendered('mail_refused', mail, 'en'), taken]
  expect(rendered('mail_deferred', mail, 'en').html).toContain('A message cannot be downloaded yet')
  expect(notices.map(({ html }) => html.split('\n'))).toEqual([
    [
      '📭 <b>A message was not taken</b> №9',
      '✉️ a@b.example',
      'Отчёт &lt;103&gt;',
      'Size: 61.2 MB',
      'Reason: the message is bigger than is taken (MAIL_MAX_MESSAGE_MB)',
    ],
    [
      '✅ <b>The message is taken</b> №9',
      '✉️ a@b.example',
      'Отчёт &lt;103&gt;',
      'Size: 61.2 MB',
      'Files in it: 1. It is read as usual.',
    ],
  ])
  expect(JSON.stringify(notices.map(({ buttons }) => buttons))).not.toMatch(/[А-яё]/)
})
