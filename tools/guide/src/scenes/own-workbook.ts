import type { SentDocument } from '@atermtrack/sandbox'
import ExcelJS from 'exceljs'
import type { Language } from '../scene.ts'

const words = {
  ru: { file: 'Мои отправки.xlsx', sheet: 'Отправки', columns: ['№', 'Контейнер', 'Заявка', 'Ставка'] },
  en: { file: 'My shipments.xlsx', sheet: 'Shipments', columns: ['No.', 'Container', 'Order', 'Rate'] },
}

/** The kind of workbook that people keep for themselves, with one number that is mistyped. */
export async function ownWorkbook(containers: readonly string[], language: Language): Promise<SentDocument> {
  const { file, sheet: name, columns } = words[language]
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet(name)
  sheet.addRow(columns)
  sheet.getRow(1).font = { bold: true }
  for (const [index, container] of [...containers.slice(0, 9), 'MSKU0000'].entries()) {
    sheet.addRow([index + 1, container, `A-${1_001 + index}`, 95_000 + 500 * index])
  }
  sheet.getColumn(4).numFmt = '#,##0 ₽'
  return { fileName: file, bytes: new Uint8Array(await workbook.xlsx.writeBuffer()) }
}
