import { type RawBuilder, sql } from 'kysely'

/** `endOfNorm` of the domain for a row of `position`. */
export const endOfNorm: RawBuilder<Date> = sql`(position.delivery_due_at + interval '1 day')`
