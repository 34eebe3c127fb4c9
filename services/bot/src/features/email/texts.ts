import { bold } from '../../text/html.ts'

const ru = {
  command: 'Отчёты на почту',
  off: 'Отправка на e-mail сейчас выключена: почтовый сервер не настроен. Отчёты приходят сюда, в Telegram.',
  none: '📧 Адрес не указан. Укажите его, и отчёты по подпискам будут приходить ещё и на почту.',
  verified: (address: string) => `📧 Отчёты приходят и на почту: ${bold(address)}`,
  unverified: (address: string) => `📧 Адрес ${bold(address)} ещё не подтверждён, письма на него не уходят.`,
  bounced: (address: string) =>
    `📧 Почтовый сервер не принимает адрес ${bold(address)}. Укажите его ещё раз или другой.`,
  add: '➕ Указать адрес',
  change: '✏️ Изменить адрес',
  enterCode: '🔢 Ввести код',
  remove: '🗑 Удалить адрес',
  askAddress: 'Напишите адрес e-mail. Пришлю на него код из шести цифр. Выйти: /cancel',
  badAddress: 'Это не похоже на адрес e-mail. Пример: name@company.ru. Выйти: /cancel',
  tooMany: 'За последний час отправлено три кода. Попробуйте позже.',
  sent: (address: string) => `Отправил код на ${bold(address)}. Напишите его сюда: он действует 10 минут.`,
  askCode: 'Напишите шесть цифр из письма. Выйти: /cancel',
  wrongCode: 'Код не подошёл. Проверьте цифры и напишите ещё раз. Выйти: /cancel',
  expiredCode: 'Код больше не действует. Запросите новый: /email',
  done: '✅ Адрес подтверждён. Отчёты будут приходить и на почту.',
  askRemove: (address: string) => `Удалить адрес ${bold(address)}? Отчёты на почту больше не придут.`,
  confirmRemove: 'Да, удалить',
  back: '‹ Назад',
  removed: 'Адрес удалён',
  mailSubject: 'Код подтверждения',
  mailText: (code: string) =>
    `Ваш код: ${code}\n\nНапишите его боту в Telegram. Он действует 10 минут.\nЕсли вы ничего не запрашивали, просто удалите это письмо.`,
}

const en: typeof ru = {
  command: 'Reports by e-mail',
  off: 'E-mail is off at the moment: no mail server is set up. Reports come here, to Telegram.',
  none: '📧 No address yet. Give one, and the reports of your subscriptions will come by mail as well.',
  verified: (address: string) => `📧 Reports come by mail as well: ${bold(address)}`,
  unverified: (address: string) => `📧 The address ${bold(address)} is not proved yet; no mail goes there.`,
  bounced: (address: string) => `📧 The mail server does not take ${bold(address)}. Give it again, or another one.`,
  add: '➕ Give an address',
  change: '✏️ Change the address',
  enterCode: '🔢 Enter the code',
  remove: '🗑 Remove the address',
  askAddress: 'Write your e-mail address. I will mail a six-digit code to it. Leave: /cancel',
  badAddress: 'This does not look like an e-mail address. Example: name@company.com. Leave: /cancel',
  tooMany: 'Three codes were sent within the last hour. Please try later.',
  sent: (address: string) => `I have mailed a code to ${bold(address)}. Write it here: it is valid for 10 minutes.`,
  askCode: 'Write the six digits of the mail. Leave: /cancel',
  wrongCode: 'That is not the code. Check the digits and write it again. Leave: /cancel',
  expiredCode: 'The code is not valid any more. Ask for a new one: /email',
  done: '✅ The address is proved. Reports will come by mail as well.',
  askRemove: (address: string) => `Remove the address ${bold(address)}? Reports will not come by mail any more.`,
  confirmRemove: 'Yes, remove it',
  back: '‹ Back',
  removed: 'The address is removed',
  mailSubject: 'Confirmation code',
  mailText: (code: string) =>
    `Your code: ${code}\n\nWrite it to the bot in Telegram. It is valid for 10 minutes.\nIf you did not ask for anything, just delete this message.`,
}

export const texts = { ru, en }
