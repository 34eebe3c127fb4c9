import { createHash } from 'node:crypto'
import { type Db, importTerminalReport, withClientTransaction, workbooks } from '@atermtrack/data'
import { encodeTerminalVisit } from '@atermtrack/data/staging'
import type { ContainerNumber, TerminalVisit } from '@atermtrack/domain'

/** A stay at A-Terminal that has not ended; nobody may read its secrets. */
export function aVisit(
  fields: { readonly container: string } & Partial<Omit<TerminalVisit, 'container'>>,
): TerminalVisit {
  return {
    terminal: 'A-Terminal',
    direction: 'Селятино',
    stock: 'Отправка по жд Сток 1',
    size: '40 HC',
    client: 'ООО «Секрет»',
    arrivalId: fields.container,
    arrivedWall: '2025-09-01T13:00:00',
    arrivedAt: new Date('2025-09-01T03:00:00Z'),
    arrivalVehicle: 'А582ВС25',
    arrivalFrom: 'Водителев В.В.',
    rowNumber: 2,
    ...fields,
    container: fields.container as ContainerNumber,
  } as TerminalVisit
}

/** Stores visits as the import of one terminal report does, formed on 02.09.2025 at 08:30 in Vladivostok. */
export async function storeVisits(db: Db, visits: readonly TerminalVisit[], sheet = 'Containers'): Promise<void> {
  const stamp = new Date('2025-09-01T22:30:00Z')
  const content = Buffer.from(JSON.stringify(visits))
  const sha256 = createHash('sha256').update(content).digest()
  const arrival = { origin: 'mail', fileName: 'A-Terminal.xlsx', content, sha256, receivedAt: stamp } as const
  const workbookId = await workbooks.insert(db, arrival)
  if (workbookId === undefined) throw new Error('the workbook is there already')
  const chunks = visits.map((visit, index) =>
    Buffer.from(encodeTerminalVisit({ ...visit, rowNumber: index + 2 }, sheet)),
  )
  await withClientTransaction(db, (tx, client) => importTerminalReport(tx, client, { workbookId, stamp, chunks }))
  await workbooks.finish(db, workbookId, {
    status: 'imported',
    kind: 'terminal_report',
    stamp,
    zone: 'Asia/Vladivostok',
  })
}
