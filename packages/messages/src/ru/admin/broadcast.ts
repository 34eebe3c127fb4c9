import { plural } from '../words.ts'

export const broadcast = {
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
    `Рассылка на паузе. Не отправлять ${count} ${plural(count, { one: 'оставшемуся', few: 'оставшимся', many: 'оставшимся' })}?`,
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
