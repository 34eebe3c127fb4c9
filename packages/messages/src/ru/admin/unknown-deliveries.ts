import { plural } from '../words.ts'

export const unknownDeliveries = {
  command: 'Сообщения, которые не дошли или неизвестно, дошли ли',
  none: 'Всё ясно: о каждом сообщении известно, дошло ли оно. Отказов за неделю тоже нет.',
  title: (count: number) =>
    `❔ <b>Неизвестно, дошло ли: ${count} ${plural(count, { one: 'сообщение', few: 'сообщения', many: 'сообщений' })}</b>\nСвязь оборвалась посреди отправки. Если отправить ещё раз, кто-то может получить сообщение дважды.`,
  failed: (count: number) =>
    `✖️ <b>Не отправлено за неделю: ${count} ${plural(count, { one: 'сообщение', few: 'сообщения', many: 'сообщений' })}</b>`,
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
