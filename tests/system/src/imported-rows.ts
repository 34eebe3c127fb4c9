import type { Db } from '@atermtrack/data'
import { sql } from 'kysely'

export interface ImportedRows {
  readonly positions: readonly unknown[]
  readonly movements: readonly unknown[]
}

/** Reads the rows of all imports, without the ids that depend on the order of the files. */
export async function readImportedRows(db: Db): Promise<ImportedRows> {
  const ids = sql`array['workbook_id', 'operation_id', 'station_id', 'origin_station_id', 'destination_station_id', 'trip_id']`
  const names = sql`jsonb_build_object('file', w.file_name, 'operation', o.name, 'station', s.name, 'code', s.code)`
  const { rows: positions } = await sql<{ row: unknown }>`
    select to_jsonb(p) - ${ids} || ${names}
      || jsonb_build_object('origin', origin.key, 'destination', destination.key) as row
    from position p join workbook w on w.id = p.workbook_id join operation o on o.id = p.operation_id
      join station s on s.id = p.station_id
      left join station origin on origin.id = p.origin_station_id
      left join station destination on destination.id = p.destination_station_id
    order by p.container`.execute(db)
  const { rows: movements } = await sql<{ row: unknown }>`
    select to_jsonb(m) - ${ids} || ${names} as row
    from movement m join workbook w on w.id = m.workbook_id join operation o on o.id = m.operation_id
      join station s on s.id = m.station_id
    order by m.container, m.operated_at, o.name, s.key`.execute(db)
  return { positions, movements }
}

/** Deletes all mail, workbooks and imported rows. */
export async function forgetImports(db: Db): Promise<void> {
  // Positions and movements refer to the others without a foreign key, so no cascade reaches them.
  await sql`truncate blob, mail_message, mailbox_cursor, workbook, station, operation, position, movement, trip, consignment
    restart identity cascade`.execute(db)
}
