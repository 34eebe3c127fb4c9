import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { type RowOf, statementOf } from '../platform/statements/typed-rows.ts'

/** The cost of one update besides being a question. */
export interface Cost {
  readonly files: number
  readonly bytes: number
}

export const noFiles: Cost = { files: 0, bytes: 0 }

/** A count within its window, the update that is being counted included. */
export interface WindowUse {
  readonly used: number
  /** Until the window ends. */
  readonly restSeconds: number
}

/** The usage of the bot by a chat. */
export interface Usage {
  readonly questionsInMinute: WindowUse
  readonly filesInHour: WindowUse
  readonly bytesInDay: WindowUse
}

/** A row of `counting`. */
export type UsageRow = RowOf<typeof usage>

/** Rows are kept for so long, so that it is known who has used the bot within this time. */
export const activityDays = 90

/** Whether a private chat has used the bot within so many days, at most `activityDays`. */
export function wasActiveWithin(chatId: RawBuilder<unknown>, days: number): RawBuilder<boolean> {
  return sql`exists (select from chat_usage where chat_usage.chat_id = ${chatId}
    and chat_usage.minute_from > now() - make_interval(days => ${days}))`
}

/** Counts an update of a chat, and returns what the chat has used. */
export async function count(db: Db, chatId: number, cost: Cost = noFiles): Promise<Usage> {
  const { rows } = await counting(chatId, cost, sql`true`).execute(db)
  const [row] = rows
  if (!row) throw new Error('the use of a chat was not counted')
  return toUsage(row)
}

/**
 * The statement that counts an update of a chat where `condition` holds, for a `with` of a statement that is needed anyway. The row
 * stays locked until the end of the transaction.
 */
export function counting(chatId: number, { files, bytes }: Cost, condition: RawBuilder<unknown>): RawBuilder<UsageRow> {
  return statementOf(
    usage,
    (list) => sql`
    insert into chat_usage as counted (chat_id, questions, files, bytes)
    select ${chatId}::bigint, 1, ${files}::integer, ${bytes}::bigint where ${condition}
    on conflict (chat_id) do update set
      minute_from = case when ${minute.isOn} then counted.minute_from else now() end,
      questions = case when ${minute.isOn} then counted.questions else 0 end + 1,
      hour_from = case when ${hour.isOn} then counted.hour_from else now() end,
      files = case when ${hour.isOn} then counted.files else 0 end + excluded.files,
      day_from = case when ${day.isOn} then counted.day_from else now() end,
      bytes = case when ${day.isOn} then counted.bytes else 0 end + excluded.bytes
    returning ${list}`,
  )
}

const minute = windowFrom('minute_from', '1 minute')
const hour = windowFrom('hour_from', '1 hour')
const day = windowFrom('day_from', '1 day')

/** A window that nothing was counted in has not begun: the first file of an hour has the whole hour. */
function windowFrom(column: 'minute_from' | 'hour_from' | 'day_from', length: '1 minute' | '1 hour' | '1 day') {
  const counts = { minute_from: 'questions', hour_from: 'files', day_from: 'bytes' }
  const from = sql.raw(`counted.${column}`)
  const span = sql.raw(`interval '${length}'`)
  return {
    isOn: sql`${from} > now() - ${span} and ${sql.raw(`counted.${counts[column]}`)} > 0`,
    rest: sql<number>`extract(epoch from ${from} + ${span} - now())::integer`,
  }
}

const usage = {
  questions: sql<number>`questions`,
  questionsRest: minute.rest,
  files: sql<number>`files`,
  filesRest: hour.rest,
  bytes: sql<number>`bytes`,
  bytesRest: day.rest,
}

export function toUsage({ questions, questionsRest, files, filesRest, bytes, bytesRest }: UsageRow): Usage {
  return {
    questionsInMinute: { used: questions, restSeconds: questionsRest },
    filesInHour: { used: files, restSeconds: filesRest },
    bytesInDay: { used: bytes, restSeconds: bytesRest },
  }
}
