import ExcelJS from 'exceljs'
import type { ReceivedDocument } from './conversation.ts'

/** Opens a workbook as a person would, prints what is in it, and returns the text of all its cells. Throws when the bytes are not a workbook. */
export async function openWorkbook({ fileName, bytes }: ReceivedDocument): Promise<string> {
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.load(new Uint8Array(bytes).buffer)
  } catch (error) {
    throw new Error(`${fileName} does not open as a workbook`, { cause: error })
  }
  const cells: string[] = []
  for (const sheet of workbook.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(cell.text)))
  const sheets = workbook.worksheets.map(({ name, rowCount }) => `«${name}» ${rowCount} rows`).join(', ')
  console.log(`      (opened: ${sheets})`)
  return cells.join('\n')
}
