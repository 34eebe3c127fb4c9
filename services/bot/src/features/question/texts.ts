const ru = {
  noNumber: [
    'Не понял вопроса. Можно спросить так (нажмите, чтобы скопировать):',
    '• <code>MSKU6011672</code>: контейнер, вагон или накладная, хоть целым списком',
    '• <code>К25-073</code>: поезд',
    '• <code>что стоит на Забайкальской</code>',
    '• <code>что придёт завтра в Селятино</code>',
    '• <code>стоит больше 3 суток</code>',
    '• <code>терминал</code>: что на нём стоит',
  ].join('\n'),
  noFiles: 'Файлы и картинки я не читаю. Пришлите номера контейнеров текстом, например <code>MSKU6011672</code>.',
}

const en: typeof ru = {
  noNumber: [
    'I did not understand. You can ask like this (tap to copy):',
    '• <code>MSKU6011672</code>: a container, wagon or waybill, or a whole list of them',
    '• <code>К25-073</code>: a train',
    '• <code>standing over 3 days</code>',
    '• <code>arriving tomorrow at Селятино</code>',
    '• <code>abandoned on ЗАБ</code>',
    '• <code>terminal</code>: what stands there',
  ].join('\n'),
  noFiles: 'I do not read files and pictures. Send container numbers as text, such as <code>MSKU6011672</code>.',
}

export const texts = { ru, en }
