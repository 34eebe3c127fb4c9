import { mostReportContainers, readFilter, type Scope, toWall } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { FindDirectory } from '../positions/directory-cache.ts'
import { search } from '../positions/position-search.ts'
import * as trains from '../trains/trains.ts'
import { isLivePositionVisible } from '../visibility/visibility.ts'
import { isStillListed, partiesNamed, stationsNamed } from './subject-sql.ts'
import { listContainers } from './subscription-items.ts'
import type { SubscriptionSettings } from './subscriptions.ts'

/** The subject of a subscription. */
export interface SubjectToResolve extends Pick<
  SubscriptionSettings,
  'subject' | 'subjectText' | 'companyId' | 'zone' | 'leavesAfterDays'
> {
  readonly id: number
}

export interface ResolvingParts {
  readonly now: Date
  readonly standingAfterMinutes: number
  readonly findDirectory: FindDirectory
  /** At most so many containers; by default those that a report holds. */
  readonly limit?: number
}

export interface ResolvedSubject {
  readonly containers: readonly string[]
  /** There are more than fit. */
  readonly isCut: boolean
}

/**
 * The containers that a subscription is about at this moment, of those in scope; a list is given whole, since a report shows
 * numbers out of scope as unknown. One or two statements, whatever the subject.
 */
export async function resolveSubject(
  db: Db,
  subscription: SubjectToResolve,
  scope: Scope,
  { limit = mostReportContainers, ...parts }: ResolvingParts,
): Promise<ResolvedSubject> {
  const { id, subject, subjectText: text } = subscription
  if (subject === 'containers') return cut((await listContainers(db, [id])).get(id) ?? [], limit)
  if (subject === 'train') return cut(await listTrain(db, text ?? '', scope), limit)
  if (subject === 'question') return resolveQuestion(db, subscription, scope, { limit, ...parts })
  return cut(await listLive(db, conditionOf(subscription), { ...subscription, scope, limit }), limit)
}

function cut(containers: readonly string[], limit: number): ResolvedSubject {
  return { containers: containers.slice(0, limit), isCut: containers.length > limit }
}

async function listTrain(db: Db, code: string, scope: Scope): Promise<readonly string[]> {
  const { known } = await trains.find(db, [code], scope)
  return [...new Set(known.flatMap(({ rows }) => rows.map(({ container }) => container)))]
}

/** A subject other than a list, a train and a question, as a condition on a row of `position`. */
export function conditionOf({ subject, subjectText, companyId }: SubjectToResolve): RawBuilder<boolean> {
  const text = sql<string>`${subjectText}::text`
  if (subject === 'destination') return sql`position.destination_station_id in (${stationsNamed(text)})`
  if (subject === 'client')
    return sql`position.container in (
      select container from container_party where is_live and party_id in (${partiesNamed(text)}))`
  return companyId === null ? sql`true` : isLivePositionVisible({ kind: 'company', companyId })
}

/** One more than the limit when there are more. */
async function listLive(
  db: Db,
  condition: RawBuilder<boolean>,
  {
    scope,
    limit,
    leavesAfterDays,
  }: Pick<SubjectToResolve, 'leavesAfterDays'> & { readonly scope: Scope; limit: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('position')
    .leftJoin('trip', 'trip.id', 'position.tripId')
    .select('position.container')
    .where('position.isLive', '=', sql.lit(true))
    .where(condition)
    .where(isLivePositionVisible(scope))
    .where(isStillListed(sql`${leavesAfterDays}::integer`))
    .orderBy('position.container')
    .limit(limit + 1)
    .execute()
  return rows.map(({ container }) => container)
}

/** The containers that answer the question of a subscription, in the order of their numbers. */
export async function resolveQuestion(
  db: Db,
  { subjectText, zone }: SubjectToResolve,
  scope: Scope,
  { limit, now, standingAfterMinutes, findDirectory }: ResolvingParts & { readonly limit: number },
): Promise<ResolvedSubject> {
  const today = toWall(now, zone).slice(0, 10)
  const reading = readFilter(subjectText ?? '', { directory: await findDirectory(db, now), today })
  if (!reading) return { containers: [], isCut: false }
  const { found, isCut } = await search(db, reading.filter, { scope, standingAfterMinutes, zone })
  const containers = found.map(({ container }) => container).toSorted()
  return { containers: containers.slice(0, limit), isCut: isCut || containers.length > limit }
}
