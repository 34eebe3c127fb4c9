import { type ExampleTexts, start } from './start.ts'

export const question = {
  notUnderstood: 'Не понял вопроса.',
  examples: ({ container, train, station }: ExampleTexts) =>
    [
      'Можно спросить так (нажмите, чтобы скопировать):',
      `• <code>${container}</code>: контейнер, вагон или накладная, хоть целым списком`,
      `• <code>${train}</code>: поезд`,
      `• <code>${start.destinationQuestion(station)}</code>`,
      `• <code>что придёт завтра на станцию ${station}</code>`,
      '• <code>стоит больше 3 суток</code>',
      '• <code>кто опаздывает</code>',
      '• <code>что ушло вчера</code>',
      '• <code>терминал</code>: что на нём стоит',
    ].join('\n'),
  checkNumber: 'Проверьте номер: 4 буквы и 7 цифр.',
  ofClient: (name: string) => `👤 Клиент: ${name}`,
  noneOfClient: (name: string) => `Контейнеров клиента «${name}» в отчётах нет. Проверьте название.`,
  unknownDigits: (digits: string) => `Номеров на …${digits} в отчётах нет. Пришлите номер целиком.`,
  greeting: 'Здравствуйте!',
  thanks: 'Пожалуйста! Пришлите номер или вопрос, когда понадобится.',
  own: 'Ваши списки контейнеров: /subscriptions. Там же можно получить отчёт по списку сразу.',
  noFiles: 'Файлы и картинки я не читаю. Пришлите номера контейнеров текстом.',
}
