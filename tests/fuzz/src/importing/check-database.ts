import type pg from 'pg'

type Promises = readonly (readonly [what: string, query: string])[]

/** Statements that work under way may break for a moment. */
export const passing: Promises = [
  ['workbooks are still pending', `select count(*) from workbook where status = 'pending'`],
  ['messages are still in hand', 'select count(*) from mail_taking'],
  [
    'transactions are still open',
    `select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
  ],
]

/** Statements that must hold when nothing is under way; each query counts the rows that break one. */
const promises: Promises = [
  ...passing,
  [
    'positions are of workbooks that were not taken in',
    `select count(*) from position join workbook on workbook.id = workbook_id
      where workbook.status not in ('imported', 'history_only')`,
  ],
  [
    'movements are of workbooks that were not taken in',
    `select count(*) from movement join workbook on workbook.id = workbook_id
      where workbook.status not in ('imported', 'history_only')`,
  ],
  [
    'rosters are of workbooks that were not taken in',
    `select count(*) from train_roster join workbook on workbook.id = workbook_id where workbook.status <> 'imported'`,
  ],
  [
    'completed workbooks have no end',
    `select count(*) from workbook where status <> 'pending' and finished_at is null`,
  ],
  [
    'quarantined workbooks reached no admin',
    // A run is shorter than a period of notices; a gathered notice has one delivery, and its period has the count.
    `select greatest(0, (select count(*) from workbook where status = 'quarantined')
      - (select count(*) from delivery where kind = 'alert' and notice_period is null)
      - (select coalesce(sum(gathered), 0) from notice_period))`,
  ],
]

/** Returns the broken ones of the promises as sentences. */
export async function checkDatabase(client: pg.Client, expected = promises): Promise<readonly string[]> {
  const broken: string[] = []
  for (const [what, query] of expected) {
    const { rows } = await client.query<{ readonly count: string }>(`select (${query}) as count`)
    const count = Number(rows[0]?.count)
    if (count !== 0) broken.push(`${count} ${what}`)
  }
  return broken
}
