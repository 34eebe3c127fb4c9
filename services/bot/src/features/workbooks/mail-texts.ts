import type { Language } from '@atermtrack/domain'

const ru = {
  title: '✉️ <b>Письма, которые не приняты</b>',
  none: 'Здесь пусто: все письма приняты.',
  message: 'Письмо не принято',
  sender: 'От кого',
  subject: 'Тема',
  size: 'Размер',
  received: 'Получено',
  reason: 'Причина',
  unknown: 'неизвестно',
  waits: '⏳ Попробуем ещё раз, результат придёт сообщением.',
  tries: (n: number, next: string) => `⏳ Попыток: ${n}, следующая после ${next}`,
  again: '🔁 Попробовать ещё раз',
  list: '‹ К письмам',
  files: '‹ К файлам',
  asked: 'Пробуем ещё раз',
  askedBefore: 'Уже пробуем',
  settled: 'Это письмо уже не ждёт: оно принято или его больше нет',
}

const en: typeof ru = {
  title: '✉️ <b>Messages that were not taken</b>',
  none: 'There is nothing here: all messages were taken.',
  message: 'Message not taken',
  sender: 'From',
  subject: 'Subject',
  size: 'Size',
  received: 'Received',
  reason: 'Reason',
  unknown: 'unknown',
  waits: '⏳ It is tried again, a message will tell how it ended.',
  tries: (n, next) => `⏳ Tries: ${n}, the next one after ${next}`,
  again: '🔁 Try again',
  list: '‹ To the messages',
  files: '‹ To the files',
  asked: 'It is tried again',
  askedBefore: 'It is being tried already',
  settled: 'This message does not wait any more: it was taken, or it is gone',
}

export const mailTexts: Readonly<Record<Language, typeof ru>> = { ru, en }
