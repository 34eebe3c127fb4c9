const ru = {
  start: (name: string) =>
    `Здравствуйте, ${name}! Пришлите номер контейнера, и я скажу, где он. Можно сразу список или таблицу.`,
  menu: 'Выберите действие или пришлите номера контейнеров.',
  cancelled: 'Хорошо, отменил.',
  nothingToCancel: 'Отменять нечего. Пришлите номер контейнера или выберите действие в меню.',
  help: [
    '<b>Что я умею</b>',
    '• Пришлите номер контейнера, например <code>MSKU6011672</code>: отвечу карточкой.',
    '• От 2 до 10 номеров: короткий список. Больше 10: сводка и файл Excel.',
    '• Разделители любые, кириллица вместо латиницы не мешает, таблицу можно вставить целиком.',
    '• Поезд, например <code>К25-073</code>: кто в нём едет, где и что отстало. Список поездов: /trains',
    '• Вагон или накладная, например <code>ЭФ038927</code>: что на них едет.',
    '• Вопрос своими словами: <code>что стоит на Забайкальской</code>, <code>что придёт завтра в Селятино</code>, <code>стоит больше 3 суток</code>, <code>брошены до Селятино</code>, <code>сколько из К25-073 в пути</code>. Покажу, как понял, и дам кнопки, чтобы уточнить.',
    '• Слово «терминал»: что на нём стоит, по направлениям и стокам.',
    '• «📂 Мои подписки»: отчёт по вашему списку в выбранное время.',
    '• «📧 E-mail»: отчёты ещё и на почту.',
    '',
    'Время операций показано так, как его даёт железная дорога; часовой пояс написан рядом.',
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

const en: typeof ru = {
  start: (name: string) =>
    `Hello, ${name}! Send a container number and I will say where it is. A list or a table works too.`,
  menu: 'Choose what to do, or send container numbers.',
  cancelled: 'All right, cancelled.',
  nothingToCancel: 'There is nothing to cancel. Send a container number or choose from the menu.',
  help: [
    '<b>What I can do</b>',
    '• Send a container number such as <code>MSKU6011672</code>: I answer with a card.',
    '• 2 to 10 numbers: a short list. More than 10: a summary and an Excel file.',
    '• Any separators; Cyrillic look-alike letters are fine; paste a whole table if you like.',
    '• A train such as <code>К25-073</code>: who rides in it, where, and what stayed behind. All trains: /trains',
    '• A wagon or a waybill such as <code>ЭФ038927</code>: what rides there.',
    '• A question in words: <code>standing on ЗАБ</code>, <code>arriving tomorrow at Селятино</code>, <code>standing over 3 days</code>, <code>abandoned bound for Селятино</code>. I show how I understood it, with buttons to change that.',
    '• The word “terminal”: what stands there, by direction and stock.',
    '• “📂 My subscriptions”: a report on your own list at the times you choose.',
    '• “📧 E-mail”: the reports by mail as well.',
    '',
    'Times of operations are shown as the railway gives them; the time zone stands beside.',
    '',
    'Send an Excel or CSV file of your own with numbers in it: it comes back with the statuses beside them.',
    'Dispatchers and admins may also send a file with positions, a terminal report or a train roster.',
    '',
    '/menu the menu, /settings settings, /cancel leave a dialog, /privacy what I store',
  ].join('\n'),
  commands: {
    start: 'Start',
    menu: 'Show the menu',
    help: 'What the bot can do',
    cancel: 'Leave a dialog',
  },
}

export const texts = { ru, en }
