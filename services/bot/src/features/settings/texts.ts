import type { CardPart } from '../lookup/card/card-parts.ts'

const ruParts: Readonly<Record<CardPart, string>> = {
  route: 'маршрут',
  operation: 'операция',
  idle: 'простой',
  distance: 'расстояние',
  forecast: 'прогноз',
  train: 'поезд',
  wagon: 'вагон',
  waybill: 'накладная',
  ties: 'терминал и список поезда',
}

const enParts: typeof ruParts = {
  route: 'route',
  operation: 'operation',
  idle: 'idle time',
  distance: 'distance',
  forecast: 'forecast',
  train: 'train',
  wagon: 'wagon',
  waybill: 'waybill',
  ties: 'terminal and train list',
}

const ru = {
  command: 'Настройки',
  title: '⚙️ <b>Настройки</b>',
  language: (name: string) => `🌐 Язык: ${name}`,
  languages: { auto: 'как в Telegram', ru: 'Русский', en: 'English' },
  zone: (name: string, now: string) => `🕒 Часовой пояс: ${name}, сейчас ${now}`,
  sourceZone: '🕒 Часовой пояс: как в источнике',
  quiet: (hours: string, zone: string) => `🌙 Тихие часы: ${hours} (${zone})`,
  noQuiet: '🌙 Тихие часы: нет',
  wholeCard: '📦 В карточке: всё',
  card: (hidden: string) => `📦 В карточке скрыто: ${hidden}`,
  parts: ruParts,
  buttons: {
    language: '🌐 Язык',
    zone: '🕒 Часовой пояс',
    quiet: '🌙 Тихие часы',
    card: '📦 Карточка',
    email: '📧 E-mail',
    subscriptions: '📂 Подписки',
    privacy: '🔒 Мои данные',
  },
  back: '‹ Назад',
  saved: 'Сохранено',
  askLanguage: '🌐 На каком языке вам отвечать?',
  menuSwitched: 'Меню и команды теперь на русском.',
  askZone:
    '🕒 <b>Часовой пояс</b>\nВ нём показываю время и предлагаю часы новых подписок. «Как в источнике»: время, как его даёт железная дорога или терминал.',
  autoZone: 'Как в источнике',
  typeZone: '✏️ Написать название',
  askZoneName: 'Напишите город или название пояса, например Хабаровск, МСК+7 или Asia/Tbilisi. Выйти: /cancel',
  unknownZone:
    'Такого города или пояса не знаю. Напишите крупный город рядом или название вида Asia/Tbilisi. Выйти: /cancel',
  askQuiet: (zone: string) =>
    `🌙 <b>Тихие часы</b> (${zone})\nОповещения и рассылки в это время приходят без звука: ничего не задерживается и не теряется. Ответы вам и отчёты по вашему расписанию приходят как обычно.`,
  noQuietHours: 'Без тихих часов',
  typeQuiet: '✏️ Своё время',
  askQuietHours: 'Напишите, с какого и до какого часа не звучать, например 22:30–07:00. Выйти: /cancel',
  badQuietHours: 'Не понял. Напишите начало и конец, например 22:30–07:00. Выйти: /cancel',
  askCard:
    '📦 <b>Карточка контейнера</b>\nНажмите, чтобы скрыть или показать. Где контейнер и свежесть данных видны всегда.',
}

const en: typeof ru = {
  command: 'Settings',
  title: '⚙️ <b>Settings</b>',
  language: (name: string) => `🌐 Language: ${name}`,
  languages: { auto: 'as in Telegram', ru: 'Русский', en: 'English' },
  zone: (name: string, now: string) => `🕒 Time zone: ${name}, now ${now}`,
  sourceZone: '🕒 Time zone: as in the source',
  quiet: (hours: string, zone: string) => `🌙 Quiet hours: ${hours} (${zone})`,
  noQuiet: '🌙 Quiet hours: none',
  wholeCard: '📦 On the card: everything',
  card: (hidden: string) => `📦 Hidden on the card: ${hidden}`,
  parts: enParts,
  buttons: {
    language: '🌐 Language',
    zone: '🕒 Time zone',
    quiet: '🌙 Quiet hours',
    card: '📦 Card',
    email: '📧 E-mail',
    subscriptions: '📂 Subscriptions',
    privacy: '🔒 My data',
  },
  back: '‹ Back',
  saved: 'Saved',
  askLanguage: '🌐 In which language shall I answer?',
  menuSwitched: 'The menu and the commands are in English now.',
  askZone:
    '🕒 <b>Time zone</b>\nI show times in it and offer it for new subscriptions. “As in the source”: times as the railway or the terminal gives them.',
  autoZone: 'As in the source',
  typeZone: '✏️ Write its name',
  askZoneName: 'Write a city or the name of a zone, such as Vladivostok, МСК+7 or Asia/Tbilisi. Leave: /cancel',
  unknownZone: 'I know no such city or zone. Write a large city nearby or a name such as Asia/Tbilisi. Leave: /cancel',
  askQuiet: (zone: string) =>
    `🌙 <b>Quiet hours</b> (${zone})\nAlerts and broadcasts come without a sound then: nothing is delayed or lost. Answers to you and the reports of your own schedule come as usual.`,
  noQuietHours: 'No quiet hours',
  typeQuiet: '✏️ My own times',
  askQuietHours: 'Write from when until when to be silent, such as 22:30–07:00. Leave: /cancel',
  badQuietHours: 'I do not understand. Write the beginning and the end, such as 22:30–07:00. Leave: /cancel',
  askCard:
    '📦 <b>Card of a container</b>\nPress to hide or to show. Where it is and how fresh the data are is always shown.',
}

export const texts = { ru, en }
