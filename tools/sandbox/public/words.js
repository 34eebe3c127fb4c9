const ru = {
  locale: 'ru-RU',
  message: 'Сообщение',
  menu: '☰ Меню',
  start: 'Начать',
  back: 'Вернуть бота',
  typing: 'печатает…',
  sendsFile: 'отправляет файл…',
  sendsPhoto: 'отправляет фото…',
  works: 'работает…',
  phoneOf: (name) => `бот · телефон: ${name}`,
  members: (n) => `группа, участников: ${n} и бот`,
  edited: (time) => `изменено ${time}`,
  more: 'Развернуть',
  less: 'Свернуть',
  units: ['Б', 'КБ', 'МБ'],
}

const en = {
  locale: 'en-GB',
  message: 'Message',
  menu: '☰ Menu',
  start: 'Start',
  back: 'Unblock the bot',
  typing: 'typing…',
  sendsFile: 'sends a file…',
  sendsPhoto: 'sends a photo…',
  works: 'works…',
  phoneOf: (name) => `bot · telephone of ${name}`,
  members: (n) => `group, members: ${n} and the bot`,
  edited: (time) => `edited ${time}`,
  more: 'Expand',
  less: 'Collapse',
  units: ['B', 'kB', 'MB'],
}

/** The words in a chat. The frame around is Russian; a picture for English readers asks for `?lang=en`. */
export const words = new URLSearchParams(location.search).get('lang') === 'en' ? en : ru
