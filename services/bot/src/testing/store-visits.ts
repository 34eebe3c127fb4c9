import type { Db } from '@atermtrack/data'
import type { ContainerNumber, TerminalVisit } from '@atermtrack/domain'
import { storeTerminalReport } from '@atermtrack/testkit'

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
  await storeTerminalReport(db, { stamp: new Date('2025-09-01T22:30:00Z'), sheets: { [sheet]: visits } })
}
