import type { Scope } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { containersOf } from '../trains/trains.ts'
import { isLivePositionVisible } from '../visibility/visibility.ts'
import { isActive } from './find-concerned.ts'
import { conditionOf, type ResolvingParts, resolveQuestion, type SubjectToResolve } from './resolve-subject.ts'
import { isStillListed } from './subject-sql.ts'

/** The containers that the subscriptions of a person are about. */
export type OwnContainers =
  /** One of them is about everything that they see. */
  | { readonly kind: 'all' }
  | {
      readonly kind: 'some'
      readonly containers: readonly string[]
      /** There are more than are looked at. */
      readonly isCut: boolean
    }

/** A person reads no more. */
export const mostOwn = 5_000
/** A person has fewer subscriptions; of older ones the statement would grow. */
const mostSubscriptions = 100
/** Each question takes a statement. */
const mostQuestions = 10

/**
 * The containers that a person's own subscriptions are about at this moment, whatever their subjects; those that are deleted or paused
 * do not count. Lists and trains are given whole, so the caller checks the scope; everything else is within it. Lists come first
 * where there are too many. Two statements, and one more for each distinct question.
 */
export async function findOwnContainers(
  db: Db,
  personId: number,
  scope: Scope,
  parts: Omit<ResolvingParts, 'limit'>,
): Promise<OwnContainers> {
  const rows = await selectRows(
    db,
    columns,
    (list) => sql`select ${list} from subscription where person_id = ${personId} and ${isActive}
      order by subscription.id limit ${mostSubscriptions}`,
  )
  if (rows.some(({ subject, companyId }) => subject === 'company' && companyId === null)) return { kind: 'all' }
  const limit = mostOwn
  const listed = await listContainers(db, rows, scope)
  const found = new Set(listed)
  let isCut = listed.length > limit
  const questions = new Map(rows.filter(isQuestion).map((row) => [`${row.zone} ${row.subjectText}`, row]))
  for (const question of [...questions.values()].slice(0, mostQuestions)) {
    const { containers, isCut: isMore } = await resolveQuestion(db, question, scope, { ...parts, limit })
    for (const container of containers) found.add(container)
    isCut ||= isMore
  }
  isCut ||= found.size > limit || questions.size > mostQuestions
  return { kind: 'some', containers: [...found].slice(0, limit), isCut }
}

const columns = {
  id: sql<number>`subscription.id`,
  subject: sql<SubjectToResolve['subject']>`subscription.subject`,
  subjectText: sql<string | null>`subscription.subject_text`,
  companyId: sql<number | null>`subscription.company_id`,
  zone: sql<string>`subscription.zone`,
  leavesAfterDays: sql<number | null>`subscription.leaves_after_days`,
}

function isQuestion({ subject }: SubjectToResolve): boolean {
  return subject === 'question'
}

/** One more than the limit when there are more. */
async function listContainers(
  db: Db,
  subscriptions: readonly SubjectToResolve[],
  scope: Scope,
): Promise<readonly string[]> {
  const lists = subscriptions.filter(({ subject }) => subject === 'containers').map(({ id }) => id)
  const trains = subscriptions.flatMap(({ subject, subjectText }) => (subject === 'train' ? (subjectText ?? []) : []))
  const others = subscriptions.filter(({ subject }) => !['containers', 'train', 'question'].includes(subject))
  const parts: readonly RawBuilder<unknown>[] = [
    ...(lists.length === 0
      ? []
      : [
          sql`select container, 0 as rank from subscription_item
            where subscription_id = any(${lists}::bigint[]) and left_at is null`,
        ]),
    ...(trains.length === 0 ? [] : [sql`select unnest(${containersOf(trains)}) as container, 1 as rank`]),
    ...others.map(
      (
        subscription,
      ) => sql`select position.container, 2 as rank from position left join trip on trip.id = position.trip_id
        where position.is_live and ${conditionOf(subscription)} and ${isLivePositionVisible(scope)}
          and ${isStillListed(sql`${subscription.leavesAfterDays}::integer`)}`,
    ),
  ]
  if (parts.length === 0) return []
  const rows = await selectRows(
    db,
    { container: sql<string>`own.container` },
    (list) => sql`select ${list} from (${sql.join(parts, sql` union all `)}) as own
      group by own.container order by min(own.rank), own.container limit ${mostOwn + 1}`,
  )
  return rows.map(({ container }) => container)
}
