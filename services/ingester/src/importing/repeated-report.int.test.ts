import { buffer } from 'node:stream/consumers'
import type { Db } from '@atermtrack/data'
import { aDislocationRow, aDislocationWorkbook, containerNumber, expect, test } from '@atermtrack/testkit'
import { defaultReadingLimits } from '@atermtrack/workbook-reader'
import { openZipEntries, zipFiles } from '@atermtrack/workbook-reader/package'
import { arrive, importer, stateOf } from '../testing/arrivals.ts'

const firstStamp = new Date('2025-09-02T05:00:00Z')

async function report(stamp: Date | undefined = firstStamp): Promise<Buffer> {
  const rows = [aDislocationRow({ 'Номер контейнера': containerNumber(1) })]
  return aDislocationWorkbook({ rows, ...(stamp && { stamp }) })
}

/** The same parts in another order, packed in another way. */
async function repacked(workbook: Buffer): Promise<Buffer> {
  const zip = await openZipEntries(workbook, defaultReadingLimits)
  const files = zip.entries.map(async (entry) => ({ name: entry.fileName, content: await buffer(zip.read(entry)) }))
  return zipFiles((await Promise.all(files)).toReversed(), 1)
}

/** Only a report that was read has a hash of its rows. */
async function wasRead(db: Db, id: number): Promise<boolean> {
  const row = await db.selectFrom('workbook').select('contentHash').where('id', '=', id).executeTakeFirstOrThrow()
  return row.contentHash !== null
}

test('a report whose parts came before is a duplicate that nobody reads', async ({ db }) => {
  const content = await report()
  const first = await arrive(db, { content })
  const again = await arrive(db, { content: await repacked(content), receivedAt: new Date('2025-09-06T00:00:00Z') })
  await importer(db)(first)
  await importer(db)(again)
  expect(await stateOf(db, again)).toMatchObject({
    status: 'duplicate',
    reason: 'same_content',
    kind: 'dislocation',
    rowCount: 1,
  })
  expect(await wasRead(db, again)).toBe(false)
  expect(await stateOf(db, first)).toMatchObject({ confirmedAt: new Date('2025-09-06T00:00:00Z') })
})

test('a later report of the same rows is read and imported', async ({ db }) => {
  const first = await arrive(db, { content: await report() })
  const later = await arrive(db, { content: await report(new Date('2025-09-02T15:00:00Z')) })
  await importer(db)(first)
  await importer(db)(later)
  expect(await stateOf(db, later)).toMatchObject({ status: 'imported' })
  expect(await wasRead(db, later)).toBe(true)
})

test('the same parts under a name with another stamp, or from another sender, are read', async ({ db }) => {
  const content = await report()
  const run = importer(db)
  await run(await arrive(db, { content, fileName: 'отчёт 02.09.2025 08-00.xlsx' }))
  const renamed = await arrive(db, { content: await repacked(content), fileName: 'отчёт 03.09.2025 08-00.xlsx' })
  await run(renamed)
  expect(await wasRead(db, renamed)).toBe(true)
  const stranger = await arrive(db, { content: await repacked(await repacked(content)), sender: 'x@else.example' })
  await run(stranger)
  expect(await stateOf(db, stranger)).toMatchObject({ status: 'quarantined', reason: 'unknown_sender' })
})

test('a report of which rows were skipped before is read again', async ({ db }) => {
  const rows = [
    aDislocationRow({ 'Номер контейнера': containerNumber(1) }),
    aDislocationRow({ 'Номер контейнера': '?' }),
  ]
  const content = await aDislocationWorkbook({ rows, stamp: firstStamp })
  const run = importer(db)
  await run(await arrive(db, { content }))
  const again = await arrive(db, { content: await repacked(content) })
  await run(again)
  expect(await stateOf(db, again)).toMatchObject({ status: 'duplicate', reason: 'same_content' })
  expect(await wasRead(db, again)).toBe(true)
})

test('the same parts are read again once the railway counts in another zone', async ({ db }) => {
  const content = await report()
  await importer(db)(await arrive(db, { content }))
  const again = await arrive(db, { content: await repacked(content) })
  await importer(db, { sourceZone: 'Asia/Yekaterinburg' })(again)
  expect(await wasRead(db, again)).toBe(true)
})

test('a damaged copy is refused although its directory names the same parts', async ({ db }) => {
  const content = await report()
  await importer(db)(await arrive(db, { content }))
  const damaged = await repacked(content)
  // Within the packed bytes of the first part.
  damaged.writeUInt8(damaged.readUInt8(120) ^ 0xff, 120)
  const again = await arrive(db, { content: damaged })
  await importer(db)(again)
  expect(await stateOf(db, again)).toMatchObject({ status: 'refused' })
})
