import { sources, trainRosters, workbooks } from '@atermtrack/data'
import { arrivalTime, lostAllRows, lostParties } from './guards.ts'
import { type PendingWorkbook, settle, type Settled, verdictOfReading } from './settle.ts'
import type { TakeInOptions } from './take-in-dislocation.ts'
import type { RosterDigest } from './workbook-digest.ts'

/** Takes the list of a train in; it replaces the one before it. Undefined when another job has settled it meanwhile. */
export async function takeInTrainRoster(
  { db, ...options }: TakeInOptions,
  workbook: PendingWorkbook,
  digest: RosterDigest,
): Promise<Settled | undefined> {
  const { trainCode, destination, entries } = digest
  const sentAt = arrivalTime(workbook)
  return db.transaction().execute(async (tx) => {
    if (!(await workbooks.claimPending(tx, workbook.id))) return undefined
    const sourceId = await sources.ensure(tx, {
      kind: 'train_roster',
      sender: workbook.sender ?? '',
      reportNumber: trainCode ?? '',
    })
    const read = { ...verdictOfReading(digest), sourceId, stamp: sentAt }
    if (trainCode === undefined) {
      return settle(tx, workbook, { ...read, status: 'quarantined', reason: 'no_train_code' }, options)
    }
    if (lostAllRows(digest)) return settle(tx, workbook, { ...read, status: 'quarantined', reason: 'no_rows' }, options)
    const parties = { named: digest.namesParties, expected: await sources.mustNameParties(tx, sourceId) }
    if (lostParties(parties, workbook.overrides))
      return settle(tx, workbook, { ...read, status: 'quarantined', reason: 'lost_parties' }, options)
    await sources.noteParties(tx, sourceId, digest.namesParties)
    const containers = entries.map(({ container }) => container)
    const settled = await settle(tx, workbook, { ...read, containers, status: 'imported' }, { ...options, trainCode })
    await trainRosters.insert(tx, { workbookId: workbook.id, trainCode, destination, sentAt, entries })
    return settled
  })
}
