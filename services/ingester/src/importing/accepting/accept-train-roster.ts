import { sources, trainRosters } from '@atermtrack/data'
import { parseDeclaredRoster } from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { lostAllRows, lostParties } from '../guards.ts'
import { type Completion, type PendingWorkbook, verdictOfReading } from '../outcome.ts'
import type { RosterDigest } from '../workbook-digest.ts'

/** Stores the list of a train; it replaces the one before it. */
export async function acceptTrainRoster(tx: Tx, workbook: PendingWorkbook, digest: RosterDigest): Promise<Completion> {
  const { entries } = digest
  const { id: workbookId, overrides } = workbook
  const { trainCode, destination, sentAt } = namesOf(workbook, digest)
  const source = { kind: 'train_roster', sender: workbook.sender ?? '', reportNumber: trainCode ?? '' } as const
  const sourceId = await sources.ensure(tx, source)
  const read = { ...verdictOfReading(digest), sourceId, stamp: sentAt }
  if (trainCode === undefined) return { verdict: { ...read, status: 'quarantined', reason: 'no_train_code' } }
  if (lostAllRows(digest)) return { verdict: { ...read, status: 'quarantined', reason: 'no_rows' } }
  const parties = { named: digest.namesParties, expected: await sources.mustNameParties(tx, sourceId) }
  if (lostParties(parties, overrides)) return { verdict: { ...read, status: 'quarantined', reason: 'lost_parties' } }
  await sources.recordParties(tx, sourceId, digest.namesParties)
  const containers = entries.map(({ container }) => container)
  return {
    verdict: { ...read, containers, status: 'imported' },
    // Only the lists of accepted workbooks decide who sees a container.
    storeAccepted: async () => trainRosters.insert(tx, { workbookId, trainCode, destination, sentAt, entries }),
    trainCode,
  }
}

/** The word of the person who brought the list counts; nobody can say that a train leaves after its list was received. */
function namesOf({ declared: stored, arrivedAt }: PendingWorkbook, { trainCode, destination }: RosterDigest) {
  const declared = parseDeclaredRoster(stored)
  if (!declared) return { trainCode, destination, sentAt: arrivedAt }
  const { sentAt = arrivedAt } = declared
  return { ...declared, sentAt: sentAt < arrivedAt ? sentAt : arrivedAt }
}
