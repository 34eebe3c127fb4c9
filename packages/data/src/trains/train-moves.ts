import { sql } from 'kysely'
import { renewMessagesAbout } from '../alerts/alert-corrections.ts'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { textList } from '../platform/text-list.ts'
import { type CorrectableTrain, find, lockTrains } from './correct-train.ts'
import { resolveTrain } from './resolve-train.ts'

/** Containers that somebody wants to have on another train. */
export interface AskedMove {
  readonly from: string
  readonly to: string
  readonly containers: readonly string[]
}

/** The effect of a move. */
export interface MovePlan {
  readonly from: CorrectableTrain
  readonly to: CorrectableTrain
  /** In the order in which they were asked for. */
  readonly moving: readonly string[]
  /** On the list of the train too, but a newer list has them on a third one: they are not moved. */
  readonly elsewhere: readonly string[]
  /** Not on the list of the train. */
  readonly absent: readonly string[]
}

/** Works out a move without making it; undefined where one of the trains has no list that counts, or both are one. */
export async function plan(
  db: Db,
  { from: fromCode, to: toCode, containers }: AskedMove,
): Promise<MovePlan | undefined> {
  const [from, to] = [await find(db, fromCode), await find(db, toCode)]
  if (!from || !to || fromCode === toCode) return undefined
  return { from, to, ...(await sort(db, from, containers)) }
}

/** Sorts containers by whether they can leave a train. */
export async function sort(
  db: Db,
  from: CorrectableTrain,
  containers: readonly string[],
): Promise<Pick<MovePlan, 'moving' | 'elsewhere' | 'absent'>> {
  const listed = await db
    .selectFrom('trainRosterRow')
    .select(['container', 'isNewest'])
    .where('workbookId', '=', from.workbookId)
    .where(sql<boolean>`container = any(${textList(containers)})`)
    .execute()
  const isNewest = new Map(listed.map((row) => [row.container, row.isNewest]))
  const asked = [...new Set(containers)]
  return {
    moving: asked.filter((container) => isNewest.get(container) === true),
    elsewhere: asked.filter((container) => isNewest.get(container) === false),
    absent: asked.filter((container) => !isNewest.has(container)),
  }
}

/** As `plan`, with the lists of both trains locked for the rest of the transaction. */
export async function claim(tx: Db, asked: AskedMove): Promise<MovePlan | undefined> {
  await lockTrains(tx, [asked.from, asked.to])
  return plan(tx, asked)
}

/**
 * Makes a move that is claimed. It holds for all lists of the train that is left, those that come later among them. A container that
 * came from the other train goes back there; the move of one that came from a third train leads to the other one from now on.
 */
export async function make(tx: Db, { from, to, moving }: MovePlan): Promise<void> {
  const containers = sql`${[...moving]}::text[]`
  await sql`delete from train_move where container = any(${containers}) and from_code = ${to.code}`.execute(tx)
  await sql`
    update train_move set to_code = ${to.code}, moved_at = now()
    where container = any(${containers}) and to_code = ${from.code}`.execute(tx)
  await sql`
    insert into train_move (container, from_code, to_code)
    select container, ${from.code}, ${to.code} from train_roster_row
    where workbook_id = ${from.workbookId} and container = any(${containers}) and moved_at is null
    on conflict (container, from_code) do update set to_code = excluded.to_code, moved_at = excluded.moved_at`.execute(
    tx,
  )
  const changed = sql`select unnest(${containers})`
  await resolveTrain(tx, changed)
  await renewMessagesAbout(tx, changed)
}

/** How many containers of a train have come from another one, or gone to it. */
export interface MovedCount {
  readonly way: 'came' | 'gone'
  readonly code: string
  readonly count: number
}

/** The moves that are at work in the list that counts of a train, the trains in their order. */
export async function countMoved(db: Db, { code, workbookId }: CorrectableTrain): Promise<readonly MovedCount[]> {
  const columns = { way: sql<MovedCount['way']>`way`, code: sql<string>`code`, count: sql<number>`count(*)` }
  return selectRows(
    db,
    columns,
    (list) => sql`
      select ${list} from (
        select 'came' as way, move.from_code as code from train_roster_row as line
        join train_move as move on move.container = line.container and move.to_code = ${code}
        where line.workbook_id = ${workbookId} and line.moved_at = move.moved_at
        union all
        select 'gone', move.to_code from train_roster_away as line
        join train_move as move on move.container = line.container and move.from_code = ${code}
        where line.workbook_id = ${workbookId}
      ) as moved group by way, code order by way, code`,
  )
}
