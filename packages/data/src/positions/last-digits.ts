import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'

/** The index holds so many. */
const fewestDigits = 4

/**
 * The containers in scope whose number ends with these digits, at least four, in the order of their numbers, at most `limit`: those that the
 * railway or a terminal has named.
 */
export async function findByLastDigits(
  db: Db,
  digits: string,
  { scope, limit }: { readonly scope: Scope; readonly limit: number },
): Promise<readonly string[]> {
  if (digits.length < fewestDigits) return []
  const last = digits.slice(-fewestDigits)
  const rows = await selectRows(
    db,
    { container: sql<string>`known.container` },
    (list) => sql`
    select ${list} from (
      select container from position where right(container, 4) = ${last} and container like ${`%${digits}`}
      union
      select container from terminal_visit where right(container, 4) = ${last} and container like ${`%${digits}`}
    ) as known
    where ${isVisible(scope, sql.ref('known.container'))}
    order by known.container
    limit ${limit}`,
  )
  return rows.map(({ container }) => container)
}
