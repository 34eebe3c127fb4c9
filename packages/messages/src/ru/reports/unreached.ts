import { plural } from '../words.ts'

export const unreached = {
  title: 'Не получили рассылку',
  sheet: 'Не получили',
  caption: (count: number) =>
    `Рассылку не ${plural(count, { one: 'получил', few: 'получили', many: 'получили' })} ${count} ${plural(count, { one: 'человек', few: 'человека', many: 'человек' })}`,
  cut: (count: number) => `В файле первые ${count} строк`,
  columns: {
    name: 'Имя',
    username: 'Имя в Telegram',
    id: 'Id в Telegram',
    company: 'Компания',
    reason: 'Причина',
    answer: 'Ответ Telegram',
  },
  at: (zone: string) => `Когда, ${zone}`,
  reasons: {
    blocked: 'Заблокировал бота или удалил аккаунт',
    failed: 'Не удалось отправить',
    unknown: 'Неизвестно: связь оборвалась, сообщение могло дойти',
    cancelled: 'Не отправлялось',
  },
}
