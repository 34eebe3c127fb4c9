import type { Db } from '../platform/client.ts'

/** Adds to the record of who did what to whom, such as `access.granted` to `person:7`. */
export async function insert(
  db: Db,
  entry: {
    /** Undefined for what is done on the command line. */
    readonly actorId?: number
    readonly action: string
    readonly object: string
    readonly details?: Readonly<Record<string, string | number | boolean>>
  },
): Promise<void> {
  const { details = {}, ...rest } = entry
  await db
    .insertInto('audit')
    .values({ ...rest, details: JSON.stringify(details) })
    .execute()
}
