import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'

const columns = sql.raw('container, client, type, weight_kg, wagon, waybill')

/**
 * Lays the moves of the containers that `asked` selects over the lists as they stand now: of the list that counts of the train that
 * was left their rows go away, and in the list of the other train they get rows. The result depends on the lists and the moves alone,
 * and not on their order. Only lists change hands in which a move is at work; all others cost one statement.
 */
export async function layMoves(tx: Db, asked: RawBuilder<unknown>): Promise<void> {
  const isAsked = sql`container in (${asked})`
  const moved = await selectRows(
    tx,
    { container: sql<string>`container` },
    (list) => sql`
      select ${list} from train_move where ${isAsked}
      union select container from train_roster_away where ${isAsked}
      union select container from train_roster_row where moved_at is not null and ${isAsked}`,
  )
  if (moved.length === 0) return
  const containers = sql`${moved.map(({ container }) => container)}::text[]`
  await bringHome(tx, containers)
  await sendAway(tx, containers)
  await insertArrived(tx, containers)
}

/** All lists are as their files say again. */
async function bringHome(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await sql`delete from train_roster_row where moved_at is not null and container = any(${containers})`.execute(tx)
  await sql`
    with home as (delete from train_roster_away where container = any(${containers}) returning *)
    insert into train_roster_row (workbook_id, row_number, ${columns}, destination)
    select workbook_id, row_number, ${columns}, destination from home`.execute(tx)
}

/** A move to a train without a list that counts does not hold: its containers would be on no train at all. */
async function sendAway(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await sql`
    with away as (
      delete from train_roster_row as line using current_train_roster as list, train_move as move
      where line.container = any(${containers}) and list.workbook_id = line.workbook_id
        and move.container = line.container and move.from_code = list.train_code
        and exists (select from current_train_roster as target where target.train_code = move.to_code)
      returning line.*
    )
    insert into train_roster_away (workbook_id, row_number, ${columns}, destination)
    select workbook_id, row_number, ${columns}, destination from away`.execute(tx)
}

/**
 * The row in the list of the other train says what the newest list of the train that was left says. That need not be the one that
 * counts: a terminal that sends the list again without the container knows that it has left, not that it is nowhere.
 */
async function insertArrived(tx: Db, containers: RawBuilder<unknown>): Promise<void> {
  await sql`
    with named as materialized (
      select workbook_id, ${columns} from train_roster_row where moved_at is null and container = any(${containers})
      union all select workbook_id, ${columns} from train_roster_away where container = any(${containers})
    ), arrived as (
      select distinct on (target.workbook_id, named.container) target.workbook_id as target_id, move.moved_at, named.*
      from train_move as move
      join current_train_roster as target on target.train_code = move.to_code
      join named on named.container = move.container
      join train_roster as list on list.workbook_id = named.workbook_id and list.train_code = move.from_code
      join workbook on workbook.id = list.workbook_id and workbook.status = 'imported'
      where move.container = any(${containers})
        and not exists (select from named as own where own.workbook_id = target.workbook_id and own.container = named.container)
      order by target.workbook_id, named.container, move.moved_at desc, list.sent_at desc, named.workbook_id desc
    )
    insert into train_roster_row (workbook_id, row_number, ${columns}, moved_at)
    select target_id,
      (select coalesce(max(held.row_number), 0) from (
        select row_number from train_roster_row where workbook_id = target_id
        union all select row_number from train_roster_away where workbook_id = target_id) as held)
        + row_number() over (partition by target_id order by moved_at, container),
      ${columns}, moved_at
    from arrived`.execute(tx)
}
