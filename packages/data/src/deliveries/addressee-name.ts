import { sql } from 'kysely'
import { fullName, groupTitle } from '../people/names.ts'

/**
 * The name of the addressee of a row of `delivery`: that of a group for what goes into a group, else that of the person, who may be known by the chat alone. Needs a
 * join with `person`.
 */
export const addresseeName = sql<string | null>`coalesce(
  case when delivery.chat_id < 0 then ${groupTitle(sql.ref('delivery.chat_id'))}
  else coalesce(
    ${fullName()},
    (select ${fullName('known')} from person as known where known.telegram_id = delivery.chat_id)) end)`

/** The chat of a row of `delivery`; the number that stands there for somebody who erased their data is none. Needs a join with `person`. */
export const addresseeChat = sql<number | null>`(case when person.erased_at is null then delivery.chat_id end)`
