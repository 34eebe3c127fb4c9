import { bold } from '../../format/html.ts'
import { plural } from '../words.ts'

export const email = {
  command: 'Отчёты на почту',
  off: 'Отправка на e-mail сейчас выключена: почтовый сервер не настроен. Отчёты приходят сюда, в Telegram.',
  none: '📧 Адрес не указан. Укажите его, и отчёты по подпискам будут приходить ещё и на почту.',
  title: (count: number) =>
    `📧 <b>${count} ${plural(count, { one: 'адрес', few: 'адреса', many: 'адресов' })}</b>: отчёты приходят на каждый, где стоит ✅`,
  states: { receives: '✅', unverified: '🔢', bounced: '⚠️', unsubscribed: '⏸' },
  verified: (address: string) => `📧 Отчёты приходят и на почту: ${bold(address)}`,
  unverified: (address: string) => `📧 Адрес ${bold(address)} ещё не подтверждён, письма на него не уходят.`,
  bounced: (address: string) =>
    `📧 Почтовый сервер не принимает адрес ${bold(address)}, письма на него не уходят. Если ящик снова работает, нажмите «Попробовать ещё раз».`,
  unsubscribed: (address: string) => `📧 На ${bold(address)} письма не приходят: вы от них отказались.`,
  bouncedNow: (address: string) =>
    `📧 Почтовый сервер не принимает ${bold(address)}. Больше туда не пишу, отчёты приходят сюда. Проверьте адрес и ящик.`,
  unsubscribedNow: (address: string) => `📧 Вы ответили на письмо отказом: на ${bold(address)} больше не пишу.`,
  add: '➕ Указать адрес',
  addMore: '➕ Ещё адрес',
  enterCode: '🔢 Ввести код',
  rename: '✏️ Назвать',
  pause: '⏸ Не присылать сюда',
  resume: '▶️ Присылать снова',
  again: '🔁 Попробовать ещё раз',
  remove: '🗑 Удалить адрес',
  full: (most: number) => `Адресов уже ${most}, больше нельзя. Удалите ненужный: /email`,
  askAddress: 'Напишите адрес e-mail. Пришлю на него код из шести цифр. Выйти: /cancel',
  askName: (address: string) => `Как назвать ${bold(address)}? Например: бухгалтерия. Выйти: /cancel`,
  badName: 'Название — от 1 до 40 символов. Выйти: /cancel',
  badAddress: 'Это не похоже на адрес e-mail. Пример: name@company.email. Выйти: /cancel',
  tooMany: 'За последний час отправлено три кода. Попробуйте позже.',
  sent: (address: string) => `Отправил код на ${bold(address)}. Напишите его сюда: он действует 10 минут.`,
  askCode: 'Напишите шесть цифр из письма. Выйти: /cancel',
  wrongCode: 'Код не подошёл. Проверьте цифры и напишите ещё раз. Выйти: /cancel',
  expiredCode: 'Код больше не действует. Запросите новый: /email',
  done: '✅ Адрес подтверждён. Отчёты будут приходить и на почту.',
  askRemove: (address: string) => `Удалить адрес ${bold(address)}? Отчёты на него больше не придут.`,
  confirmRemove: 'Да, удалить',
  back: '‹ Назад',
  removed: 'Адрес удалён',
  renamed: 'Название сохранено',
  paused: 'Больше сюда не пишу',
  resumed: 'Снова пишу сюда',
  mailSubject: 'Код подтверждения',
  mailText: (code: string) =>
    `Ваш код: ${code}\n\nНапишите его боту в Telegram. Он действует 10 минут.\nЕсли вы ничего не запрашивали, просто удалите это письмо.`,
}
