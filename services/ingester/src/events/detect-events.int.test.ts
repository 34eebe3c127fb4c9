import { defaultEventSettings } from '@atermtrack/domain'
import { detectEvents } from '@atermtrack/queue'
import { aDislocationRow, aDislocationWorkbook, expect, recordQueues, test } from '@atermtrack/testkit'
import { arrive, context, importer } from '../testing/arrivals.ts'
import { createDetectEvents } from './detect-events.ts'
import { createImportPrecedence } from './import-precedence.ts'

test('an accepted report has its events detected once, and a refused one has none', async ({ db }) => {
  const content = await aDislocationWorkbook({ rows: [aDislocationRow()] })
  const id = await arrive(db, { content })
  await importer(db)(id)
  const dueOf = async (workbookId: number) =>
    db.selectFrom('workbook').select(['eventsDueAt']).where('id', '=', workbookId).executeTakeFirstOrThrow()
  expect((await dueOf(id)).eventsDueAt).not.toBeNull()
  const { queues } = recordQueues()
  const run = createDetectEvents({ db, queues, events: defaultEventSettings, precedence: createImportPrecedence() })
  await run({ workbookId: id }, context)
  expect((await dueOf(id)).eventsDueAt).toBeNull()
  const events = await db.selectFrom('event').select(['kind', 'workbookId']).execute()
  expect(events.length).toBeGreaterThan(0)
  expect(new Set(events.map(({ workbookId }) => workbookId))).toEqual(new Set([id]))
  await run({ workbookId: id }, context)
  expect(await db.selectFrom('event').select('kind').execute()).toHaveLength(events.length)
  const broken = await arrive(db, { content: Buffer.from('no workbook') })
  await importer(db)(broken)
  expect((await dueOf(broken)).eventsDueAt).toBeNull()
  expect(detectEvents.name).toBe('detect-events')
})

test('a detection begins when no import is under way', async ({ db }) => {
  const report = async (day: number) => aDislocationWorkbook({ rows: [aDislocationRow({ 'Номер накладной': `ЭФ00000${day}` })] })
  const [first, second, third] = [
    await arrive(db, { content: await report(1) }),
    await arrive(db, { content: await report(2) }),
    await arrive(db, { content: await report(3) }),
  ]
  const runImport = importer(db)
  await runImport(first)
  const precedence = createImportPrecedence()
  const detection = createDetectEvents({ db, queues: recordQueues().queues, events: defaultEventSettings, precedence })
  const ends: string[] = []
  const imports = precedence.first(async () => {
    for (const id of [second, third]) await runImport(id)
    ends.push('imports')
  })
  await Promise.all([imports, detection({ workbookId: first }, context).then(() => ends.push('detection'))])
  expect(ends).toEqual(['imports', 'detection'])
})
