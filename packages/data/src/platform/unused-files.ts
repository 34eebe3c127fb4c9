import { sql } from 'kysely'
import type { Db } from './client.ts'

/** Deletes those of the stored files (by SHA-256) that nothing points at: what came by another way as well stays. */
export async function deleteUnusedFiles(tx: Db, hashes: readonly Buffer[]): Promise<void> {
  if (hashes.length === 0) return
  await sql`
    delete from blob where sha256 = any(${[...hashes]}::bytea[])
      and not exists (select 1 from workbook where workbook.sha256 = blob.sha256)
      and not exists (select 1 from report where source_sha256 = blob.sha256)
      and not exists (select 1 from subscription_template where source_sha256 = blob.sha256)
      and not exists (select 1 from mail_message where raw_sha256 = blob.sha256)
  `.execute(tx)
}
