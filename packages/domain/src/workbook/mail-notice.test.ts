import { expect, test } from 'vitest'
import {
  deferredMailNotice,
  formatBytes,
  mailReasonSentence,
  refusedMailNotice,
  retriedMailNotice,
} from './mail-notice.ts'

const mail = { id: 9, sender: 'a@b.example', subject: 'Отчёт <103>', size: 61_234_567, reason: 'too_big' }
const actionsOf = ({ keyboard }: ReturnType<typeof refusedMailNotice>) =>
  keyboard.inline_keyboard.flat().map(({ callback_data }) => callback_data)

test('tells who sent what, how big it is and why it was not taken, with nothing of it as markup', () => {
  const notice = refusedMailNotice(mail, 'ru')
  expect(notice.html.split('\n')).toEqual([
    '📭 <b>Письмо не принято</b> №9',
    '✉️ a@b.example',
    'Отчёт &lt;103&gt;',
    'Размер: 61,2 МБ',
    'Причина: письмо больше, чем разрешено принимать (MAIL_MAX_MESSAGE_MB)',
  ])
  expect(actionsOf(notice)).toEqual(['v1:wb-mail:9', 'v1:wb-mail-again:9'])
})

test('a message of which nothing is known is told of all the same', () => {
  const { html } = refusedMailNotice({ id: 9, sender: null, subject: null, size: null, reason: 'of_tomorrow' }, 'ru')
  expect(html.split('\n').slice(1)).toEqual(['✉️ отправитель неизвестен', 'Причина: of_tomorrow'])
})

test('another try is told of, with a button only where there is something left to try', () => {
  const taken = retriedMailNotice({ ...mail, status: 'stored', files: 2 }, 'ru')
  expect(taken.html).toContain('✅ <b>Письмо принято</b> №9')
  expect(actionsOf(taken)).toEqual([])
  expect(actionsOf(retriedMailNotice({ ...mail, status: 'refused', files: 0 }, 'ru'))).toContain('v1:wb-mail-again:9')
  const gone = retriedMailNotice({ ...mail, reason: 'gone', status: 'ignored', files: 0 }, 'ru')
  expect(gone.html).toContain('письма больше нет в ящике')
  expect(actionsOf(gone)).toEqual([])
})

test('a message that cannot be downloaded yet is told of as one that is tried again', () => {
  const notice = deferredMailNotice({ ...mail, reason: 'download_cut' }, 'ru')
  expect(notice.html).toContain('⏳ <b>Письмо пока не скачивается</b> №9')
  expect(notice.html).toContain('Причина: загрузка письма каждый раз обрывается\nОстальные письма принимаются')
  expect(actionsOf(notice)).toEqual(['v1:wb-mail:9', 'v1:wb-mail-again:9'])
})

test('sizes and reasons are told in either language', () => {
  expect([
    formatBytes(400, 'ru'),
    formatBytes(99_000, 'en'),
    formatBytes(1_500_000, 'en'),
    formatBytes(16e9, 'ru'),
  ]).toEqual(['0,4 КБ', '99 kB', '1.5 MB', '16 ГБ'])
  expect(mailReasonSentence('gone', 'en')).toBe('the message is not in the mailbox any more')
})

test('an admin reads all of it in their own language', () => {
  const taken = retriedMailNotice({ ...mail, status: 'stored', files: 1 }, 'en')
  const notices = [refusedMailNotice(mail, 'en'), taken]
  expect(deferredMailNotice(mail, 'en').html).toContain('A message cannot be downloaded yet')
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
  expect(JSON.stringify(notices.map(({ keyboard }) => keyboard))).not.toMatch(/[А-яё]/)
})
