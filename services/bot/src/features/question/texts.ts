const ru = {
  notUnderstood: 'Не понял вопроса.',
  examples: [
    'Можно спросить так (нажмите, чтобы скопировать):',
    '• <code>MSKU6011672</code>: контейнер, вагон или накладная, хоть целым списком',
    '• <code>К25-073</code>: поезд',
    '• <code>что стоит на Забайкальской</code>',
    '• <code>что придёт завтра в Селятино</code>',
    '• <code>стоит больше 3 суток</code>',
    '• <code>терминал</code>: что на нём стоит',
  ].join('\n'),
  checkNumber: 'Проверьте номер: 4 буквы и 7 цифр, например <code>MSKU6011672</code>.',
  greeting: 'Здравствуйте!',
  thanks: 'Пожалуйста! Пришлите номер или вопрос, когда понадобится.',
  own: 'Ваши списки контейнеров: /subscriptions. Там же можно получить отчёт по списку сразу.',
  noFiles: 'Файлы и картинки я не читаю. Пришлите номера контейнеров текстом, например <code>MSKU6011672</code>.',
}

const en: typeof ru = {
  notUnderstood: 'I did not understand.',
  examples: [
    'You can ask like this (tap to copy):',
    '• <code>MSKU6011672</code>: a container, wagon or waybill, or a whole list of them',
    '• <code>К25-073</code>: a train',
    '• <code>standing over 3 days</code>',
    '• <code>arriving tomorrow at Селятино</code>',
    '• <code>abandoned on ЗАБ</code>',
    '• <code>terminal</code>: what stands there',
  ].join('\n'),
  checkNumber: 'Please check the number: 4 letters and 7 digits, such as <code>MSKU6011672</code>.',
  greeting: 'Hello!',
  thanks: 'You are welcome! Send a number or a question whenever you need.',
  own: 'Your lists of containers: /subscriptions. A report on a list can be had there at once, too.',
  noFiles: 'I do not read files and pictures. Send container numbers as text, such as <code>MSKU6011672</code>.',
}

export const texts = { ru, en }
