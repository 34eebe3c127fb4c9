import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from './client.ts'

/** The plan of a statement where every table is large, as far as the planner knows. */
async function planOf(db: Db, statement: string): Promise<string> {
  const { rows } = await db.transaction().execute(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx)
    return sql<Record<string, string>>`explain ${sql.raw(statement)}`.execute(tx)
  })
  return rows.flatMap((row) => Object.values(row)).join('\n')
}

test.for([
  [
    'the history of a workbook',
    `select 1 from audit where object = 'workbook:1' order by id desc limit 5`,
    'audit_object',
  ],
  [
    'deliveries that did not arrive, or may not have',
    `select 1 from delivery where status in ('unknown', 'failed') order by id desc limit 5`,
    'delivery_unresolved',
  ],
  ['the newest update', 'select max(seq) from telegram_update', 'telegram_update_seq'],
  [
    'old workbooks of reports',
    `select id from report where content is not null and created_at < now() - interval '90 days'`,
    'report_created_at',
  ],
  ['the movements that a workbook reported', 'select 1 from movement where workbook_id = 1', 'movement_workbook'],
] as const)('an index finds %s', async ([_what, statement, index], { db }) => {
  expect(await planOf(db, statement)).toContain(index)
})

test('tables that change all day are vacuumed long before a fifth of them is dead', async ({ db }) => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where array_to_string(reloptions, ',') ~ 'autovacuum_vacuum_(insert_)?scale_factor=0'
  `.execute(db)
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['delivery', 'movement', 'position', 'report', 'telegram_update', 'workbook']),
  )
})
