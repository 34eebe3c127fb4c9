import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'

/** The index holds so many. */
const fewestDigits = 4

/** The containers and the train that people can mean by some digits. */
export interface KnownDigits {
  /** In the order of their numbers. */
  readonly containers: readonly string[]
  /** How many containers are in the railway's train of this number. */
  readonly inTrain: number
}

/**
 * The containers in scope whose number ends with these digits, at least four, at most `limit`: those that the railway or a terminal has
 * named. Four digits may be the number of a train as well, whose containers in scope the same statement counts.
 */
export async function findByLastDigits(
  db: Db,
  digits: string,
  { scope, limit }: { readonly scope: Scope; readonly limit: number },
): Promise<KnownDigits> {
  const nothing = { containers: [], inTrain: 0 }
  if (digits.length < fewestDigits) return nothing
  const last = digits.slice(-fewestDigits)
  const columns = {
    containers: sql<string[]>`array(
      select known.container from (
        select container from position where right(container, 4) = ${last} and container like ${`%${digits}`}
        union
        select container from terminal_visit where right(container, 4) = ${last} and container like ${`%${digits}`}
      ) as known
      where ${isVisible(scope, sql.ref('known.container'))}
      order by known.container
      limit ${limit})`,
    inTrain: sql<number>`(
      select count(*) from position
      where position.train_number = ${digits} and position.is_live and ${isVisible(scope, sql.ref('position.container'))})`,
  }
  return (await selectRow(db, columns, (list) => sql`select ${list}`)) ?? nothing
}
