import { containers } from '../words.ts'

export const trainLists = {
  open: '📜 Списки',
  title: (code: string, total: number) => `📜 <b>Списки поезда ${code}: ${total}</b>`,
  /** All parts but the numbers are HTML. */
  line: (n: number, fileName: string, time: string, count: number) =>
    `${n}. ${fileName}\n${time}, ${containers(count)}`,
  counts: '✅ действует',
  hint: 'Кнопка с номером открывает файл: там можно отменить импорт.',
  back: '‹ К поезду',
}
