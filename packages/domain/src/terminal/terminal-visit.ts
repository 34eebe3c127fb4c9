import type { ContainerNumber } from '../values/container-number.ts'
import type { TerminalSheetKind } from './terminal-columns.ts'
import type { VisitValues } from './terminal-fields.ts'
import type { WallTime } from '../values/wall-time.ts'

/**
 * One stay of a container at the terminal, as one row of its report names it. Weights are kilograms. The number of a truck
 * (`arrivalVehicle`, `dispatchVehicle`) and the name of its driver (`arrivalFrom`, `dispatchTo`) are personal data. `zoneName` is a
 * place in the yard, not a time zone.
 */
export interface TerminalVisit extends VisitValues {
  readonly container: ContainerNumber
  readonly arrivedWall: WallTime | undefined
  readonly arrivedAt: Date | undefined
  readonly dispatchedWall: WallTime | undefined
  readonly dispatchedAt: Date | undefined
  readonly note: string | undefined
  readonly sheet: TerminalSheetKind | undefined
  /** 1-based row of the sheet. */
  readonly rowNumber: number
}

/** Names a visit: its container with the Id of the arrival, or with the time of the arrival where the Id is unknown. */
export function visitKey({ container, arrivalId, arrivedWall }: TerminalVisit): string {
  return `${container} ${arrivalId ?? arrivedWall ?? ''}`
}

/** The newer row of one visit, with the values that only the older one has: a blank erases nothing. */
export function mergeVisits(older: TerminalVisit, newer: TerminalVisit): TerminalVisit {
  const known = Object.entries(newer).filter(([, value]) => value !== undefined)
  return { ...older, ...(Object.fromEntries(known) as Partial<TerminalVisit>), ...placeOf(newer) }
}

/** One visit per key, from rows of several sheets or files in the order of their age, the newest last. */
export function collectVisits(rows: Iterable<TerminalVisit>): TerminalVisit[] {
  const visits = new Map<string, TerminalVisit>()
  for (const row of rows) {
    const key = visitKey(row)
    const known = visits.get(key)
    visits.set(key, known ? mergeVisits(known, row) : row)
  }
  return [...visits.values()]
}

/** The newest visit of each container. */
export function currentVisits(rows: Iterable<TerminalVisit>): Map<ContainerNumber, TerminalVisit> {
  const current = new Map<ContainerNumber, TerminalVisit>()
  for (const visit of collectVisits(rows)) {
    const known = current.get(visit.container)
    if (!known || isNewerVisit(visit, known)) current.set(visit.container, visit)
  }
  return current
}

/**
 * Orders the visits of one container by arrival, then by the Id of it. Of equal ones, the upper row of the
 * sheet is the newer one.
 */
export function isNewerVisit(a: TerminalVisit, b: TerminalVisit): boolean {
  const byArrival = (a.arrivedAt?.getTime() ?? 0) - (b.arrivedAt?.getTime() ?? 0)
  if (byArrival !== 0) return byArrival > 0
  const byId = idOrder(a) - idOrder(b)
  return byId === 0 ? a.rowNumber < b.rowNumber : byId > 0
}

/** A visit without a dispatch is on site. */
export function isOnSite({ dispatchedAt, dispatchId }: TerminalVisit): boolean {
  return dispatchedAt === undefined && dispatchId === undefined
}

function placeOf({ sheet, rowNumber }: TerminalVisit): Pick<TerminalVisit, 'sheet' | 'rowNumber'> {
  return { sheet, rowNumber }
}

function idOrder({ arrivalId }: TerminalVisit): number {
  return arrivalId !== undefined && /^\d{1,15}$/.test(arrivalId) ? Number(arrivalId) : -1
}
