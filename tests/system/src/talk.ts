import type { PersonHandle, Sandbox, SeenMessage } from '@atermtrack/sandbox'
import ExcelJS from 'exceljs'

/** Under load on a slow machine, with a killed process in between. */
const answerTimeoutMs = 40_000

/** Waits for the bot's next message, after the person's last action, that contains these words. */
export async function awaitMessage(person: PersonHandle, words: string): Promise<SeenMessage> {
  return person.waitForReply({ where: (message) => textOf(message).includes(words), timeoutMs: answerTimeoutMs })
}

/** Says something and waits for the answer that contains these words. */
export async function ask(person: PersonHandle, text: string, words: string): Promise<SeenMessage> {
  await person.say(text)
  return awaitMessage(person, words)
}

/** Presses the newest button whose label contains these words, waits for the answer, and returns the text of the toast. */
export async function press(person: PersonHandle, label: string): Promise<string> {
  const pressed = await person.press(({ text }) => text.includes(label))
  // A key of the reply keyboard sends an ordinary message.
  if (pressed.queryId === '') return ''
  return (await person.waitForAnswer(pressed, { timeoutMs: answerTimeoutMs })).text
}

/** Waits for the next document after the person's last action; returns its caption and the text of all its cells. */
export async function receiveWorkbook(sandbox: Sandbox, person: PersonHandle) {
  const message = await person.waitForReply({
    where: ({ document }) => document !== undefined,
    timeoutMs: answerTimeoutMs,
  })
  const file = message.document && sandbox.file(message.document.file_id)
  if (!file) throw new Error('the document cannot be downloaded')
  return { caption: textOf(message), cells: await readCells(file.bytes) }
}

/** Reads the text of all cells of a workbook. Throws when the bytes are not a workbook. */
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
