/** Subjects that a reader can ask about; each of these gets an answer. */
export interface ExampleTexts {
  readonly container: string
  readonly train: string
  readonly waybill: string
  /** The name of a station. */
  readonly station: string
}

export const start = {
  start: (name: string) =>
    [
      `Здравствуйте, ${name}! Я показываю, где контейнеры и когда они придут.`,
      '',
      'Пришлите мне',
      '• номер контейнера, вагона, накладной или поезда, хоть целым списком или таблицей;',
      '• вопрос своими словами: что где стоит, что едет и кто опаздывает;',
      '• свой файл Excel или CSV с номерами: верну его же, со статусами.',
    ].join('\n'),
  tryThis: 'Попробуйте, нажмите на пример:',
  examples: {
    container: (number: string) => `📦 ${number}`,
    train: (code: string) => `🚂 Поезд ${code}`,
    question: (station: string) => `💬 ${destinationQuestion(station)}`,
  },
  destinationQuestion,
  menu: 'Выберите действие или пришлите номера контейнеров.',
  cancelled: 'Хорошо, отменил.',
  nothingToCancel: 'Отменять нечего. Пришлите номер контейнера или выберите действие в меню.',
  help: ({ container, train, waybill, station }: ExampleTexts) =>
    [
      '<b>Что я умею</b>',
      `• Пришлите номер контейнера, например <code>${container}</code>: отвечу карточкой.`,
      '• От 2 до 10 номеров: короткий список. Больше 10: сводка и файл Excel.',
      '• Разделители любые, кириллица вместо латиницы не мешает, таблицу можно вставить целиком.',
      `• Поезд, например <code>${train}</code>: что в нём едет, где оно и что отстало. Список поездов: /trains`,
      `• Вагон или накладная, например <code>${waybill}</code>: что на них едет.`,
      `• Вопрос своими словами: <code>${destinationQuestion(station)}</code>, <code>что придёт завтра на станцию ${station}</code>, <code>стоит больше 3 суток</code>, <code>кто опаздывает</code>, <code>что ушло вчера</code>, <code>что брошено</code>, <code>сколько из ${train} в пути</code>. Скажу, что показываю, и дам кнопки, чтобы уточнить.`,
      '• Слово «терминал»: что на нём стоит, по направлениям и стокам.',
      '• «📂 Мои подписки»: отчёт по вашему списку в выбранное время.',
      '• «📧 E-mail»: отчёты ещё и на почту.',
      '',
      'Всё время в ответе — в одном часовом поясе, он назван рядом с возрастом данных. Выбрать свой: /settings',
      '',
      'Пришлите свой файл Excel или CSV с номерами: верну его же, рядом с номерами будут статусы.',
      'Диспетчеры и администраторы могут прислать и файл с дислокацией, отчётом терминала или списком поезда.',
      '',
      '/menu меню, /settings настройки, /cancel выйти из диалога, /privacy что я храню',
    ].join('\n'),
  commands: {
    start: 'Начать',
    menu: 'Показать меню',
    help: 'Что умеет бот',
    cancel: 'Выйти из диалога',
  },
}

/** A question about all that is bound for a station, in its plain form, which suits any name. */
function destinationQuestion(station: string): string {
  return `что едет на станцию ${station}`
}
