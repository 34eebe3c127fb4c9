import { createHash } from 'node:crypto'
import { type Db, trainRosters, workbooks } from '@atermtrack/data'
import { type ContainerNumber, type RosterEntry } from '@atermtrack/domain'

export interface StoredTrain {
  readonly code: string
  readonly destination?: string
  readonly sentAt?: Date
  readonly entries: readonly { readonly container: string; readonly client?: string }[]
}

/** Stores the list of a train as its import does. */
export async function storeTrain(db: Db, train: StoredTrain): Promise<void> {
  const { code, destination = 'Селятино', sentAt = new Date('2025-08-27T00:00:00Z'), entries } = train
  const content = Buffer.from(`${code} ${sentAt.toISOString()}`)
  const sha256 = createHash('sha256').update(content).digest()
  const arrival = { origin: 'mail', fileName: `${code}.xlsx`, content, sha256, receivedAt: sentAt } as const
  const workbookId = await workbooks.insert(db, arrival)
  if (workbookId === undefined) throw new Error('the workbook is there already')
  await workbooks.finish(db, workbookId, { status: 'imported', kind: 'train_roster', stamp: sentAt })
  await db
    .transaction()
    .execute((tx) =>
      trainRosters.insert(tx, { workbookId, trainCode: code, destination, sentAt, entries: entries.map(toEntry) }),
    )
}

function toEntry({ container, client }: StoredTrain['entries'][number], index: number): RosterEntry {
  return {
    rowNumber: index + 2,
    container: container as ContainerNumber,
    client,
    type: undefined,
    weightKg: undefined,
    wagon: undefined,
    waybill: undefined,
    destination: undefined,
  }
}
