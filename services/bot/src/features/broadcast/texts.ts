import { pluralRu } from '@atermtrack/domain'

const ru = {
  command: 'Рассылка всем, у кого есть доступ',
  compose: 'Пришлите текст рассылки одним сообщением, форматирование сохранится. Передумали — /cancel.',
  onlyText: 'В рассылке может быть только текст. Пришлите его одним сообщением или нажмите /cancel.',
  preview: (count: number) =>
    `👆 Так это увидят получатели. Сейчас их <b>${count}</b>: все, у кого есть доступ и кто не заблокировал бота.`,
  nobody: '👆 Так это увидят получатели, но сейчас получить это некому.',
  send: (count: number) => `Отправить ${count}`,
  rewrite: '✏️ Изменить',
  drop: '✖️ Не отправлять',
  dropped: 'Рассылка отменена, никто ничего не получил.',
  audienceChanged: (count: number) => `Получателей теперь ${count}: проверьте и подтвердите ещё раз`,
  alreadyConfirmed: 'Эта рассылка уже подтверждена',
  pause: '⏸ Пауза',
  resume: '▶️ Продолжить',
  stop: '⏹ Отменить',
  confirmStop: (count: number) =>
    `Рассылка на паузе. Не отправлять ${count} ${pluralRu(count, 'оставшемуся', 'оставшимся', 'оставшимся')}?`,
  cancel: (count: number) => `Не отправлять ${count}`,
  title: {
    draft: 'Рассылка не начата',
    expanding: 'Рассылка готовится',
    sending: 'Рассылка идёт',
    paused: 'Рассылка на паузе',
    cancelled: 'Рассылка отменена',
    done: 'Рассылка завершена',
  },
  sent: (sent: number, total: number) => `Отправлено ${sent} из ${total}`,
  blocked: (count: number) => `Недоступны (заблокировали бота или удалились): ${count}`,
  failed: (count: number) => `Не удалось: ${count}`,
  unknown: (count: number) => `Неизвестно: ${count} — связь оборвалась посреди отправки, сообщение могло дойти`,
  cancelledCount: (count: number) => `Не отправлялось: ${count}`,
  left: (count: number, time: string | undefined) => `Осталось: ${count}${time === undefined ? '' : `, около ${time}`}`,
  showUnknown: (count: number) => `Показать неизвестные (${count})`,
}

const en: typeof ru = {
  command: 'Write to everybody with access',
  compose: 'Send the text in one message, its formatting is kept. Changed your mind? /cancel.',
  onlyText: 'A broadcast can only be text. Send it in one message or press /cancel.',
  preview: (count: number) =>
    `👆 This is what the recipients will see. There are <b>${count}</b> now: all who have access and have not blocked the bot.`,
  nobody: '👆 This is what the recipients would see, but there is nobody to receive it.',
  send: (count: number) => `Send ${count}`,
  rewrite: '✏️ Rewrite',
  drop: '✖️ Do not send',
  dropped: 'The broadcast was dropped, nobody has received anything.',
  audienceChanged: (count: number) => `There are ${count} recipients now: check and confirm again`,
  alreadyConfirmed: 'This broadcast was confirmed before',
  pause: '⏸ Pause',
  resume: '▶️ Resume',
  stop: '⏹ Cancel',
  confirmStop: (count: number) => `The broadcast is paused. Leave out the remaining ${count}?`,
  cancel: (count: number) => `Leave out ${count}`,
  title: {
    draft: 'The broadcast has not begun',
    expanding: 'The broadcast is being prepared',
    sending: 'The broadcast is going out',
    paused: 'The broadcast is paused',
    cancelled: 'The broadcast was cancelled',
    done: 'The broadcast is done',
  },
  sent: (sent: number, total: number) => `Sent ${sent} of ${total}`,
  blocked: (count: number) => `Out of reach (blocked the bot or left): ${count}`,
  failed: (count: number) => `Failed: ${count}`,
  unknown: (count: number) => `Unknown: ${count}, cut in the middle of sending, so it may have arrived`,
  cancelledCount: (count: number) => `Left out: ${count}`,
  left: (count: number, time: string | undefined) => `Left: ${count}${time === undefined ? '' : `, about ${time}`}`,
  showUnknown: (count: number) => `Show the unknown (${count})`,
}

export const texts = { ru, en }
