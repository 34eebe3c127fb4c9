import { containers } from '../words.ts'

export const newTrain = {
  add: '➕ Новый поезд',
  askCode: 'Какой код у нового поезда? Например: К25-101. Передумали: /cancel',
  badCode: 'Пришлите код целиком, например К25-101.',
  codeIsTaken: (code: string) =>
    `Поезд ${code} уже есть. Пришлите другой код, а новый список этого поезда просто отправьте файлом.`,
  askDestination: (code: string) => `Куда идёт поезд ${code}? Пришлите станцию назначения или «нет».`,
  badDestination: 'Пришлите название станции текстом, не длиннее 60 знаков, или «нет».',
  askDate: 'Когда он отправлен? Например: сегодня, вчера, 28.08.2025 или 28.08.2025 14:30',
  badDate: 'Не понял дату. Напишите, например, 28.08.2025 или 28.08.2025 14:30. Будущая дата не подойдёт.',
  askList: 'Какие контейнеры едут? Пришлите номера текстом, можно столбцом из Excel, или файл со списком.',
  badList: 'Не вижу номеров контейнеров. Пришлите номера текстом или файл Excel или CSV.',
  taken: (code: string, count: number) =>
    `🚂 Поезд ${code}, ${containers(count)}. Принимаю список и сейчас напишу, что вышло.`,
  takenFile: (code: string, fileName: string) =>
    `🚂 Поезд ${code}. Читаю ${fileName} как его список и сейчас напишу, что вышло.`,
  mistyped: (numbers: string) => `Не похоже на номера контейнеров, пропускаю: ${numbers}`,
  /** The file of a list that was typed. */
  fileName: (code: string) => `Поезд ${code}, список из чата.csv`,
  /** The heading of the numbers in that file. */
  heading: 'Контейнер',
}
