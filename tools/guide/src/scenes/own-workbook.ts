import type { SentDocument } from '@atermtrack/sandbox'
import ExcelJS from 'exceljs'
import type { Language } from '../scene.ts'

const words = {
  ru: { file: 'Мои отправки.xlsx', sheet: 'Отправки', columns: ['№', 'Контейнер', 'Заявка', 'Ставка'] },
  en: { file: 'My shipments.xlsx', sheet: 'Shipments', columns: ['No.', 'Container', 'Order', 'Rate'] },
}

/** A workbook as people keep it for themselves, with one mistyped number. */
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

const headings = {
  ru: ['Ящик', 'Где стоит', 'Что с ним', 'Когда', 'Едет в', 'Едет на', 'Ещё км'],
  en: ['Box', 'Where', 'What', 'When', 'Bound for', 'Wagon', 'Km to go'],
}

/** A report of positions in a layout without a column mapping. */
export async function foreignReport(containers: readonly string[], language: Language): Promise<SentDocument> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('1')
  sheet.addRow(headings[language])
  for (const container of containers.slice(0, 5)) {
    const where = ['ЧИТА I (940006)', 'Отправление вагона со станции (2)', '02.09.2025 06:30']
    sheet.addRow([container, ...where, 'СЕЛЯТИНО (181102)', '52275476', 6_186])
  }
  return { fileName: 'partner.xlsx', bytes: new Uint8Array(await workbook.xlsx.writeBuffer()) }
}
