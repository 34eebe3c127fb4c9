import { pluralRu } from '@atermtrack/domain'

const ru = {
  command: 'Сообщения, которые не дошли или неизвестно, дошли ли',
  none: 'Неизвестных нет: обо всём, что отправлялось, известно, дошло ли оно. Отказов за неделю тоже нет.',
  title: (count: number) =>
    `❔ <b>Неизвестно, дошло ли: ${count} ${pluralRu(count, 'сообщение', 'сообщения', 'сообщений')}</b>\nСвязь оборвалась посреди отправки. Если отправить ещё раз, кто-то может получить сообщение дважды.`,
  failed: (count: number) =>
    `✖️ <b>Не отправлено за неделю: ${count} ${pluralRu(count, 'сообщение', 'сообщения', 'сообщений')}</b>`,
  status: { unknown: '❔', failed: '✖️' },
  kind: { answer: 'ответ', alert: 'оповещение', report: 'отчёт', broadcast: 'рассылка', code: 'код' },
  email: 'e-mail',
  chat: (id: number) => `чат ${id}`,
  nobody: 'без имени',
  resend: (row: number) => `🔁 ${row}`,
  resendAll: (count: number) => `🔁 Отправить ещё раз ${count}`,
  resent: 'Отправляю ещё раз',
  resentBefore: 'Это уже отправлено ещё раз',
  back: '‹ Назад',
  forth: 'Дальше ›',
}

const en: typeof ru = {
  command: 'Messages that failed or may not have arrived',
  none: 'There are none: of everything sent it is known whether it arrived, and nothing failed within a week.',
  title: (count: number) =>
    `❔ <b>May or may not have arrived: ${count}</b>\nThe connection was cut in the middle of sending. Sent again, somebody may get a message twice.`,
  failed: (count: number) => `✖️ <b>Failed within a week: ${count}</b>`,
  status: { unknown: '❔', failed: '✖️' },
  kind: { answer: 'answer', alert: 'alert', report: 'report', broadcast: 'broadcast', code: 'code' },
  email: 'e-mail',
  chat: (id: number) => `chat ${id}`,
  nobody: 'nameless',
  resend: (row: number) => `🔁 ${row}`,
  resendAll: (count: number) => `🔁 Send ${count} again`,
  resent: 'Sending again',
  resentBefore: 'This was sent again before',
  back: '‹ Back',
  forth: 'Next ›',
}

export const texts = { ru, en }
