import { isStayAfterRoster, toInstant, tripToRoster } from '@atermtrack/domain'
import type { ContainerTies, TerminalStay } from './container-ties.ts'
import { factsOf, type PositionStatus } from '../positions/position-facts.ts'
import type { PositionView } from '../positions/positions.ts'
import { tripOfPosition } from './roster-trip.ts'

export interface TiesSettings {
  readonly standingAfterMinutes: number
  /** Zone of a terminal's own times where its report names none. */
  readonly sourceZone: string
}

/**
 * What still holds of the links of a container to a terminal and a train. A stay ends when the railway moves the container: the
 * terminal reports a dispatch up to a day late, or never. The list of a former trip is not the train of the present one.
 */
export function currentTies(
  ties: ContainerTies,
  position: PositionView | undefined,
  settings: TiesSettings,
): ContainerTies {
  const stay = ties.stay && isPresent(ties.stay, position, settings) ? ties.stay : undefined
  const train = ties.train && isOfPresentTrip(ties.train, { stay, position }, settings) ? ties.train : undefined
  return { ...ties, stay, train }
}

const rolling: ReadonlySet<PositionStatus> = new Set(['en_route', 'standing', 'abandoned'])

function isPresent(stay: TerminalStay, position: PositionView | undefined, settings: TiesSettings): boolean {
  const arrivedAt = arrivalOfStay(stay, settings)
  if (!position || !arrivedAt) return true
  const { status } = factsOf(position, settings)
  if (status === 'at_origin' || position.operatedAt <= arrivedAt) return true
  return !rolling.has(status) && position.operatedAt <= stay.asOf
}

function isOfPresentTrip(
  { sentAt, waybill }: NonNullable<ContainerTies['train']>,
  { stay, position }: { readonly stay: TerminalStay | undefined; readonly position: PositionView | undefined },
  settings: TiesSettings,
): boolean {
  const stayedFrom = stay && arrivalOfStay(stay, settings)
  if (stayedFrom && isStayAfterRoster(sentAt, stayedFrom)) return false
  const roster = { sentAt, waybill: waybill ?? undefined }
  return !position || tripToRoster(roster, tripOfPosition(position)) !== 'later'
}

function arrivalOfStay({ arrivedWall, zone }: TerminalStay, { sourceZone }: TiesSettings): Date | undefined {
  return arrivedWall === null ? undefined : toInstant(arrivedWall, zone ?? sourceZone)
}
