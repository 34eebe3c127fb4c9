import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { NewSubscription } from './subscriptions.ts'

/** Longer lists are not reported on. */
const mostContainers = 1_000

export interface WatchList {
  readonly name: string
  readonly slots: readonly string[]
  readonly zone: string
  /** False when the list is full already. */
  readonly holds: boolean
}

/** Adds a container to the list that a person watches, and begins the list as `fresh` when there is none yet. */
export async function add(
  db: Db,
  container: string,
  fresh: Omit<NewSubscription, 'containers' | 'createdUpdateId'>,
): Promise<WatchList> {
  return db
    .insertInto('subscription')
    .values({ ...fresh, containers: [container], slots: [...fresh.slots], isWatchList: true })
    .onConflict((conflict) =>
      conflict
        .column('personId')
        .where('isWatchList', '=', sql.lit(true))
        .where('deletedAt', 'is', null)
        .doUpdateSet({ containers: withContainer(container) }),
    )
    .returning(['name', 'slots', 'zone', sql<boolean>`${container}::text = any(containers)`.as('holds')])
    .executeTakeFirstOrThrow()
}

/** Deletes a container from the list; a list without any ends. */
export async function remove(db: Db, container: string, personId: number): Promise<void> {
  await db
    .updateTable('subscription')
    .set({
      containers: sql<string[]>`array_remove(containers, ${container}::text)`,
      deletedAt: sql<Date | null>`case when containers <@ array[${container}::text] then now() end`,
    })
    .where('personId', '=', personId)
    .where('isWatchList', '=', true)
    .where('deletedAt', 'is', null)
    .execute()
}

function withContainer(container: string) {
  return sql<string[]>`case
    when ${container}::text = any(subscription.containers) or cardinality(subscription.containers) >= ${mostContainers}
      then subscription.containers
    else subscription.containers || ${container}::text end`
}
