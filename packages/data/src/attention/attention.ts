import { type Attention, attentionOf, attentionReasons, putAwayOf, type Scope } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'
import { factsOf, type PositionFacts } from '../positions/position-facts.ts'
import { findMany, type PositionView } from '../positions/positions.ts'
import { type AttentionOf, listCandidates, mostCandidates } from './attention-candidates.ts'
import { type AttentionMark, findMarks } from './attention-marks.ts'

export type { AttentionOf } from './attention-candidates.ts'
export {
  type AttentionMark,
  change,
  circleOf,
  findMarks,
  type MarkChange,
  type MarkedTrip,
  take,
} from './attention-marks.ts'

/** A container that needs somebody, with the reasons, the most urgent first. */
export interface AttentionEntry {
  readonly container: string
  readonly tripId: number | null
  readonly position: PositionView
  readonly facts: PositionFacts
  readonly attention: readonly Attention[]
  /** Of the present trip; undefined where nobody has decided anything. */
  readonly mark: AttentionMark | undefined
  /** False where it was put off, or hidden until it changes. */
  readonly isShown: boolean
}

export interface AttentionList {
  /** The most urgent first, and of these the longest. */
  readonly entries: readonly AttentionEntry[]
  /** There are more that may need attention than are looked at. */
  readonly isCut: boolean
}

export interface AttentionQuestion {
  readonly scope: Scope
  readonly of: AttentionOf
  readonly standingAfterMinutes: number
  readonly now: Date
}

/** The containers that need attention, in three statements whatever their number. */
export async function list(db: Db, { scope, of, ...options }: AttentionQuestion): Promise<AttentionList> {
  const candidates = await listCandidates(db, { scope, of })
  const asked = candidates.slice(0, mostCandidates)
  const entries = await toEntries(db, asked, { scope, ...options })
  return {
    entries: entries.toSorted(compare),
    isCut: candidates.length > mostCandidates || (of.kind === 'some' && of.isCut),
  }
}

/** One container with its reasons, none included; undefined where it is not known or not in scope. */
export async function find(
  db: Db,
  container: string,
  options: Omit<AttentionQuestion, 'of'>,
): Promise<AttentionEntry | undefined> {
  const row = await db
    .selectFrom('position')
    .select(['container', 'tripId'])
    .where('container', '=', container)
    .executeTakeFirst()
  const [entry] = row ? await toEntries(db, [row], { ...options, withOthers: true }) : []
  return entry
}

interface EntryOptions extends Omit<AttentionQuestion, 'of'> {
  /** Also those without a reason. */
  readonly withOthers?: boolean
}

async function toEntries(
  db: Db,
  asked: readonly { readonly container: string; readonly tripId: number | null }[],
  { scope, standingAfterMinutes, now, withOthers = false }: EntryOptions,
): Promise<readonly AttentionEntry[]> {
  const containers = asked.map(({ container }) => container)
  const trips = new Map(asked.map(({ container, tripId }) => [container, tripId]))
  const marks = new Map((await findMarks(db, containers, scope)).map((mark) => [mark.container, mark]))
  const found = await findMany(db, containers, scope)
  return found.flatMap((position) => {
    const { container, operatedAt } = position
    const tripId = trips.get(container) ?? null
    const facts = factsOf(position, { standingAfterMinutes })
    const attention = attentionOfPosition(position, facts)
    if (attention.length === 0 && !withOthers) return []
    const known = marks.get(container)
    const mark = known?.tripId === tripId ? known : undefined
    const isShown = putAwayOf({ tripId, operatedAt, attention }, mark, now) === undefined
    return [{ container, tripId, position, facts, attention, mark, isShown }]
  })
}

/** The reasons of a position, by the rules of the domain; none for one that is gone from its reports for good. */
export function attentionOfPosition(
  position: Pick<PositionView, 'arrivedAt' | 'asOf' | 'operatedAt' | 'missingSince'>,
  facts: PositionFacts,
): readonly Attention[] {
  const { status, norm } = facts
  if (status === 'dropped') return []
  const arrivedAt = position.arrivedAt ?? undefined
  const { operatedAt, asOf: stampAt } = position
  return attentionOf({ status, operatedAt, stampAt, missingSince: position.missingSince ?? undefined, arrivedAt, norm })
}

/**
 * Until when a reason is known to have held: the stamp of the container's source. A container that is missing is measured at the newest
 * report of the source, which is not the one that held it.
 */
export function heldUntil(
  { reason }: Pick<Attention, 'reason'>,
  { asOf, sourceStamp }: Pick<PositionView, 'asOf' | 'sourceStamp'>,
): Date {
  return reason === 'missing' ? (sourceStamp ?? asOf) : asOf
}

function compare(a: AttentionEntry, b: AttentionEntry): number {
  const [first, second] = [a.attention[0], b.attention[0]]
  if (!first || !second) return 0
  const byReason = attentionReasons.indexOf(first.reason) - attentionReasons.indexOf(second.reason)
  const byTime = (first.since?.getTime() ?? 0) - (second.since?.getTime() ?? 0)
  return byReason || byTime || (a.container < b.container ? -1 : 1)
}
