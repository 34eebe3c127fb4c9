import { sql } from 'kysely'

/**
 * The name of whoever a row of `delivery` is for: that of a group for what goes into a group, else that of the person, who may be known by the chat alone. Needs a
 * join with `person`.
 */
export const addresseeName = sql<string | null>`coalesce(
  case when delivery.chat_id < 0 then (
    select nullif(title, '') from chat_group
    where chat_group.chat_id = delivery.chat_id or delivery.chat_id = any(chat_group.former_ids) limit 1)
  else coalesce(
    nullif(concat_ws(' ', nullif(person.first_name, ''), person.last_name), ''),
    (select nullif(concat_ws(' ', nullif(known.first_name, ''), known.last_name), '') from person as known
      where known.telegram_id = delivery.chat_id)) end)`

/** The chat of a row of `delivery`; the number that stands there for somebody who erased their data is none. Needs a join with `person`. */
export const addresseeChat = sql<number | null>`(case when person.erased_at is null then delivery.chat_id end)`
