import { type RawBuilder, sql } from 'kysely'

/** The first and the last name of a row of `person`, which the statement may know by another name; null where neither is known. */
export function fullName(person = 'person'): RawBuilder<string | null> {
  return sql`nullif(concat_ws(' ', nullif(${sql.ref(`${person}.first_name`)}, ''), ${sql.ref(`${person}.last_name`)}), '')`
}

/** The title of the group that has a chat id, or has had it; null without either. */
export function groupTitle(chatId: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`(select nullif(title, '') from chat_group
    where chat_group.chat_id = ${chatId} or ${chatId} = any(chat_group.former_ids) limit 1)`
}
