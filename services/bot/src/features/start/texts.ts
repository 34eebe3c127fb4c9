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
    '• «📂 Мои подписки»: отчёт по вашему списку в выбранное время.',
    '• «📧 E-mail»: отчёты ещё и на почту.',
    '',
    'Время операций показано так, как его даёт железная дорога; часовой пояс написан рядом.',
    '',
    '/menu меню, /cancel выйти из диалога, /privacy что я храню',
  ].join('\n'),
  privacy: [
    '<b>Что я храню</b>',
    '• ваш Telegram-id, имя, имя пользователя и язык: чтобы узнавать вас и отвечать;',
    '• решение о доступе: кто и когда его принял;',
    '• сообщения, которые вы мне присылаете, пока они обрабатываются и ещё некоторое время для разбора сбоев;',
    '• о каких контейнерах и когда вы спрашивали;',
    '• ваши подписки, готовые отчёты и отметки об их отправке;',
    '• адрес e-mail, если вы его подтвердили (удаляется кнопкой в «📧 E-mail»).',
    '',
    'Эти данные видят только администраторы системы. Вопросы и просьбы об удалении направляйте им.',
  ].join('\n'),
  commands: {
    start: 'Начать',
    menu: 'Показать меню',
    help: 'Что умеет бот',
    cancel: 'Выйти из диалога',
    privacy: 'Что хранит бот',
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
    '• “📂 My subscriptions”: a report on your own list at the times you choose.',
    '• “📧 E-mail”: the reports by mail as well.',
    '',
    'Times of operations are shown as the railway gives them; the time zone stands beside.',
    '',
    '/menu the menu, /cancel leave a dialog, /privacy what I store',
  ].join('\n'),
  privacy: [
    '<b>What I store</b>',
    '• your Telegram id, name, username and language: to know you and to answer;',
    '• the decision about your access: who made it and when;',
    '• the messages you send me, while they are handled and some time longer to look into failures;',
    '• which containers you asked about and when;',
    '• your subscriptions, finished reports and when they were sent;',
    '• your e-mail address, if you have proved it (remove it with the button in “📧 E-mail”).',
    '',
    'Only the administrators of the system see these data. Send questions and requests for removal to them.',
  ].join('\n'),
  commands: {
    start: 'Start',
    menu: 'Show the menu',
    help: 'What the bot can do',
    cancel: 'Leave a dialog',
    privacy: 'What the bot stores',
  },
}

export const texts = { ru, en }
