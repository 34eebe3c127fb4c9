import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { closeUndo, releaseOriginals } from './release-originals.ts'

test('two years of reports are looked through in good time', async ({ db }) => {
  await sql`
    with report as (select n, decode(md5(n::text), 'hex') as sha256 from generate_series(1, 1400) as n), stored as (
      insert into blob (sha256, content, created_at) select sha256, 'x', now() - interval '400 days' from report
    )
    insert into workbook (origin, file_name, sha256, size, received_at, status, kind, finished_at, containers)
    select 'mail', 'report.xlsx', sha256, 1, now(), 'imported', 'dislocation', now() - make_interval(days => n / 2),
      array(select 'BOX' || (n * 300 + box) from generate_series(1, 1200) as box)
    from report`.execute(db)
  const startedAt = performance.now()
  expect(await closeUndo(db, { days: 180, limit: 5_000 })).toBe(1_041)
  const released = await releaseOriginals(db, { days: 30, limit: 5_000 })
  expect(performance.now() - startedAt).toBeLessThan(30_000)
  // Each report shares containers with the three before it and the three after.
  expect(released).toBe(1_041 - 3)
})
