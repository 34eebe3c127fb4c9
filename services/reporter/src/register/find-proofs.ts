import { type Db, lateRegister } from '@atermtrack/data'
import type { LateWaybill } from '@atermtrack/domain'
import type { ProvenRow } from './register-tables.ts'

/** Reports whose rows are read for one register; of the others only the name of the file is given. */
const mostReports = 300

/** The rows of reports that prove the norm and the arrival of each trip, by waybill. One report is held in memory at a time. */
export async function findProofs(
  db: Db,
  waybills: readonly LateWaybill<lateRegister.LateTrip>[],
): Promise<readonly ProvenRow[]> {
  const trips = new Map(waybills.flatMap(({ trips: own }) => own.map((trip) => [trip.tripId, trip] as const)))
  const proofs = await lateRegister.listProofs(db, [...trips.keys()])
  const ofReports = new Map<number, lateRegister.Proof[]>()
  for (const proof of proofs) ofReports.set(proof.workbookId, [...(ofReports.get(proof.workbookId) ?? []), proof])
  const numbers = new Map<lateRegister.Proof, number>()
  for (const [workbookId, ofReport] of [...ofReports].slice(0, mostReports)) {
    const rows = await lateRegister.findSourceRows(db, workbookId, new Set(ofReport.map(({ container }) => container)))
    for (const proof of ofReport) {
      const [row] = (rows.get(proof.container) ?? []).filter(
        ({ operatedAt }) =>
          proof.fact === 'due' || operatedAt.getTime() === trips.get(proof.tripId)?.arrivedAt?.getTime(),
      )
      if (row) numbers.set(proof, row.rowNumber)
    }
  }
  const places = new Map([...trips.keys()].map((tripId, place) => [tripId, place]))
  return proofs
    .map((proof) => ({ ...proof, waybill: trips.get(proof.tripId)?.waybill, rowNumber: numbers.get(proof) }))
    .toSorted((a, b) => (places.get(a.tripId) ?? 0) - (places.get(b.tripId) ?? 0) || b.fact.localeCompare(a.fact))
}
