import type { trainMoves as ru } from '../../ru/containers/train-moves.ts'
import { containers } from '../words.ts'

export const trainMoves: typeof ru = {
  move: '🔁 Move containers',
  came: (code: string, count: number) => `🔁 Came from ${code}: ${containers(count)}`,
  gone: (code: string, count: number) => `🔁 Moved to ${code}: ${containers(count)}`,
  askNumbers: (code: string) =>
    `Which containers of train ${code} continue on another train? Send their numbers; a column copied from Excel will do. Changed your mind: /cancel`,
  badNumbers: (most: number) => `I see no container numbers. Send them as text, at most ${most} at once.`,
  noneHere: (code: string) => `Train ${code} has none of these containers. Please check the numbers.`,
  askTrain: (count: number) => `${containers(count)}. To which train? For example: К25-074`,
  badTrain: 'Send the whole code of another train, for example К25-074.',
  noTrain: (code: string) => `I have no list of train ${code}. Add it in /trains, or send another code.`,
  preview: (from: string, to: string, count: number) => `🔁 <b>Move ${from} → ${to}</b>\n${containers(count)}:`,
  more: (count: number) => `… and ${count} more`,
  sizes: (from: string, left: number, to: string, there: number) =>
    `Then ${from} has ${containers(left)}, ${to} has ${containers(there)}.`,
  absent: (numbers: string) => `Not on the train: ${numbers}`,
  elsewhere: (numbers: string) => `On another train already by a newer list: ${numbers}`,
  staysMoved:
    'If the list of the former train comes again, the containers stay on the new one. To take them back, move them the other way.',
  confirm: (count: number) => `🔁 Move ${containers(count)}`,
  drop: 'Do not move',
  dropped: 'All right, nothing has changed.',
  changed: 'The list of the train has changed meanwhile',
  done: (from: string, to: string, count: number) => `✅ Moved ${from} → ${to}: ${containers(count)}.`,
}
