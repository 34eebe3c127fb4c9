import type { Language } from '@atermtrack/messages'
import { containerNumber } from '@atermtrack/testkit'
import ExcelJS from 'exceljs'

const words = {
  ru: {
    file: 'Отчёт партнёра.xlsx',
    headings: ['Ящик', 'Где стоит', 'Что с ним', 'Когда', 'Едет в', 'Едет на', 'Ещё км'],
  },
  en: { file: 'Partner report.xlsx', headings: ['Box', 'Where', 'What', 'When', 'Bound for', 'Wagon', 'Km to go'] },
}
/** Numbers that the simulated world does not use. */
const firstSerial = 900_001
const boxes = 5

/** A report of positions in a layout that no mapping knows: an admin says what its columns mean. */
export async function partnerReport(
  language: Language,
): Promise<{ readonly fileName: string; readonly content: Buffer }> {
  const { file, headings } = words[language]
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('1')
  sheet.addRow(headings)
  for (let box = 0; box < boxes; box += 1) {
    const where = ['ЧИТА I (940006)', 'Отправление вагона со станции (2)', yesterday()]
    sheet.addRow([containerNumber(firstSerial + box), ...where, 'СЕЛЯТИНО (181102)', '52275476', 6_186])
  }
  return { fileName: file, content: Buffer.from(await workbook.xlsx.writeBuffer()) }
}

/** `02.09.2025 06:30` */
function yesterday(): string {
  const [year, month, day] = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).split('-')
  return `${day}.${month}.${year} 06:30`
}
