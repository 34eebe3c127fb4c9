import type { PersonHandle, Sandbox, SeenMessage } from '@atermtrack/sandbox'
import ExcelJS from 'exceljs'

/** Under load on a slow machine, with a killed process in between. */
const patienceMs = 40_000

/** The bot's next message to the person, since what they did last, that holds these words. */
export async function hear(person: PersonHandle, words: string): Promise<SeenMessage> {
  return person.waitForReply({ where: (message) => textOf(message).includes(words), timeoutMs: patienceMs })
}

/** Says something and waits for the answer that holds these words. */
export async function ask(person: PersonHandle, text: string, words: string): Promise<SeenMessage> {
  await person.say(text)
  return hear(person, words)
}

/** Presses the newest button whose label holds these words, waits until it is answered, and returns what the toast said. */
export async function press(person: PersonHandle, label: string): Promise<string> {
  const pressed = await person.press(({ text }) => text.includes(label))
  // A key of the keyboard below is a message like any other.
  if (pressed.queryId === '') return ''
  return (await person.waitForAnswer(pressed, { timeoutMs: patienceMs })).text
}

/** The next document since what the person did last, opened: its caption, and the text of all its cells. */
export async function receiveWorkbook(sandbox: Sandbox, person: PersonHandle) {
  const message = await person.waitForReply({
    where: ({ document }) => document !== undefined,
    timeoutMs: patienceMs,
  })
  const file = message.document && sandbox.file(message.document.file_id)
  if (!file) throw new Error('the document cannot be downloaded')
  return { caption: textOf(message), cells: await readCells(file.bytes) }
}

/** The text of all cells of a workbook. Throws when it is none. */
export async function readCells(bytes: Uint8Array): Promise<readonly string[]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  const cells: string[] = []
  for (const sheet of workbook.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text)))
  return cells
}

export function textOf({ text, caption }: SeenMessage): string {
  return text ?? caption ?? ''
}
