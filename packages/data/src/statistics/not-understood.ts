import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** A longer text is no question. */
const longest = 200

export interface NotUnderstood {
  readonly personId: number
  readonly updateId: number
  readonly text: string
}

/** Records a message that was not understood; a repeated update is recorded once. */
export async function insert(db: Db, asked: NotUnderstood): Promise<void> {
  await inserting(asked).execute(db)
}

/** The same for a `with` of a statement that is needed anyway. */
export function inserting({ personId, updateId, text }: NotUnderstood): RawBuilder<unknown> {
  return sql`
    insert into not_understood (person_id, update_id, text)
    values (${personId}, ${updateId}, ${text.trim().slice(0, longest)})
    on conflict (update_id) do nothing`
}
