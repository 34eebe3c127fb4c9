import type { trainLists as ru } from '../../ru/containers/train-lists.ts'
import { containers } from '../words.ts'

export const trainLists: typeof ru = {
  open: '📜 Lists',
  title: (code: string, total: number) => `📜 <b>Lists of train ${code}: ${total}</b>`,
  line: (n: number, fileName: string, time: string, count: number) =>
    `${n}. ${fileName}\n${time}, ${containers(count)}`,
  counts: '✅ in force',
  hint: 'A button with a number opens the file, where its import can be undone.',
  back: '‹ To the train',
}
