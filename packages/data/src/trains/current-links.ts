import { isStayAfterRoster, toInstant, tripToRoster } from '@atermtrack/domain'
import type { ContainerLinks, LinkedVisit, TerminalDeparture } from './container-links.ts'
import { factsOf, type PositionStatus } from '../positions/position-facts.ts'
import { tripOfPosition } from './roster-trip.ts'

export interface LinksSettings {
  readonly standingAfterMinutes: number
  /** Zone of a terminal's own times where its report names none. */
  readonly sourceZone: string
}

/** The fields of a position that decide which links hold. */
type LinkedPosition = Parameters<typeof factsOf>[0] & Parameters<typeof tripOfPosition>[0]

/**
 * The links of a container to a terminal and a train that still hold. A stay ends when the railway moves the container: the
 * terminal reports a dispatch up to a day late, or never. A departure is news until the railway reports the container. The list of a former trip is not the train of the present one.
 */
export function currentLinks(
  links: ContainerLinks,
  position: LinkedPosition | undefined,
  settings: LinksSettings,
): ContainerLinks {
  const stay = links.stay && isPresent(links.stay, position, settings) ? links.stay : undefined
  const departure = links.departure && isNews(links.departure, position, settings) ? links.departure : undefined
  const visit = stay ?? departure
  const train = links.train && isOfPresentTrip(links.train, { visit, position }, settings) ? links.train : undefined
  return { ...links, stay, departure, train }
}

/** Whether a container whose trip is over has come to a terminal since: what the railway says of it is past. */
export function isBackAtTerminal(
  { stay, departure }: ContainerLinks,
  position: LinkedPosition,
  settings: LinksSettings,
): boolean {
  const visit = stay ?? departure
  const cameAt = visit && arrivalOfStay(visit, settings)
  return cameAt !== undefined && over.has(factsOf(position, settings).status) && cameAt > position.operatedAt
}

const over: ReadonlySet<PositionStatus> = new Set(['unloaded', 'at_destination'])
const rolling: ReadonlySet<PositionStatus> = new Set(['en_route', 'standing', 'abandoned'])

function isPresent(stay: LinkedVisit, position: LinkedPosition | undefined, settings: LinksSettings): boolean {
  const arrivedAt = arrivalOfStay(stay, settings)
  if (!position || !arrivedAt) return true
  const { status } = factsOf(position, settings)
  if (status === 'at_origin' || position.operatedAt <= arrivedAt) return true
  return !rolling.has(status) && position.operatedAt <= stay.asOf
}

function isNews(
  { leftWall, zone, asOf }: TerminalDeparture,
  position: LinkedPosition | undefined,
  { sourceZone }: LinksSettings,
): boolean {
  const leftAt = leftWall === null ? asOf : toInstant(leftWall, zone ?? sourceZone)
  return !position || position.operatedAt < leftAt
}

function isOfPresentTrip(
  { sentAt, waybill }: NonNullable<ContainerLinks['train']>,
  { visit, position }: { readonly visit: LinkedVisit | undefined; readonly position: LinkedPosition | undefined },
  settings: LinksSettings,
): boolean {
  const stayedFrom = visit && arrivalOfStay(visit, settings)
  if (stayedFrom && isStayAfterRoster(sentAt, stayedFrom)) return false
  const roster = { sentAt, waybill: waybill ?? undefined }
  return !position || tripToRoster(roster, tripOfPosition(position)) !== 'later'
}

function arrivalOfStay({ arrivedWall, zone }: LinkedVisit, { sourceZone }: LinksSettings): Date | undefined {
  return arrivedWall === null ? undefined : toInstant(arrivedWall, zone ?? sourceZone)
}
