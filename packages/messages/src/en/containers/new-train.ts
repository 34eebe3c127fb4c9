import type { newTrain as ru } from '../../ru/containers/new-train.ts'
import { containers } from '../words.ts'

export const newTrain: typeof ru = {
  add: '➕ New train',
  askCode: 'What is the code of the new train? For example: К25-101. Changed your mind: /cancel',
  badCode: 'Send the whole code, for example К25-101.',
  codeIsTaken: (code: string) =>
    `Train ${code} is known already. Send another code; to replace the list of this train, just send the new list as a file.`,
  askDestination: (code: string) => `Where does train ${code} go? Send the destination station, or “no”.`,
  badDestination: 'Send the name of the station as text, up to 60 characters, or “no”.',
  askDate: 'When did it leave? For example: today, yesterday, 28.08.2025 or 28.08.2025 14:30',
  badDate:
    'I did not understand the date. Write, for example, 28.08.2025 or 28.08.2025 14:30. It cannot be in the future.',
  askList:
    'Which containers does it carry? Send the numbers as text, a column copied from Excel, or a file with the list.',
  badList: 'I see no container numbers. Send the numbers as text, or a file of Excel or CSV.',
  taken: (code: string, count: number) =>
    `🚂 Train ${code}, ${containers(count)}. I am reading the list and will send the result.`,
  takenFile: (code: string, fileName: string) =>
    `🚂 Train ${code}. I am reading ${fileName} as its list and will send the result.`,
  mistyped: (numbers: string) => `Not container numbers, left out: ${numbers}`,
  fileName: (code: string) => `Train ${code}, list from the chat.csv`,
  heading: 'Container',
}
