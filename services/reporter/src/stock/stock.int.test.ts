import { companies, type Db, resolveAll, stockReports } from '@atermtrack/data'
import { type ContainerNumber, emptyStockFilter, type TerminalVisit } from '@atermtrack/domain'
import { containerNumber, expect, storeTerminalReport, test } from '@atermtrack/testkit'
import excel from 'exceljs'
import { build } from '../../test/build.ts'
import { aPerson } from '../../test/seed.ts'

const stamp = new Date('2025-09-11T22:30:00Z')
const [own, foreign] = [1, 2].map(containerNumber) as [ContainerNumber, ContainerNumber]

async function storeVisits(db: Db): Promise<void> {
  const visit = (container: ContainerNumber, fields: Partial<TerminalVisit>) => ({
    container,
    terminal: 'A-Terminal',
    direction: 'Селятино',
    stock: '=1+1',
    size: '40 HC',
    arrivalId: container,
    arrivedAt: new Date('2025-09-01T22:30:00Z'),
    arrivedWall: '2025-09-02T08:30:00',
    ...fields,
  })
  const visits = [
    visit(own, { client: 'ООО «Ромашка»' }),
    visit(foreign, { client: 'ООО «Василёк»' }),
  ] as TerminalVisit[]
  await storeTerminalReport(db, { stamp, sheets: { 'Loaded (2 - 4 TEU)': visits } })
}

async function rowsOf(db: Db, id: number): Promise<readonly unknown[][]> {
  const { content } = await db.selectFrom('report').select('content').where('id', '=', id).executeTakeFirstOrThrow()
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  const rows: unknown[][] = []
  workbook.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  return rows
}

test('the workbook of a terminal holds what its reader may see at the moment when it is built', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storeVisits(db)
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const ask = async (updateId: number) =>
    stockReports.insertAsked(db, {
      personId,
      chatId,
      name: 'x',
      filter: { ...emptyStockFilter, terminals: ['A-Terminal'], loaded: true },
      updateId,
    })
  const everything = await ask(1)
  expect(await ask(1)).toEqual(everything)
  await db.updateTable('person').set({ role: 'operator' }).where('id', '=', personId).execute()
  await build({ db, redisUrl, queuePrefix }, everything.id)
  const rows = await rowsOf(db, everything.id)
  expect(rows[0]).toEqual(['Терминал: гружёные, терминал A-Terminal'])
  expect(rows.find((row) => row[0] === 'Контейнер')).toContain('Клиент')
  expect(rows.find((row) => row[0] === own)).toEqual(
    expect.arrayContaining([own, 'A-Terminal', '=1+1', 'ООО «Ромашка»', '40 HC', 'да', 10]),
  )
  expect(rows.some((row) => row[0] === foreign)).toBe(true)
  const delivery = await db.selectFrom('delivery').select(['kind', 'text']).execute()
  expect(delivery).toMatchObject([{ kind: 'answer', text: expect.stringContaining('На площадке 2 контейнера') }])

  const company = await companies.insert(db, 'Ромашка')
  await companies.addClient(db, company!.id, { inn: null, name: 'ООО «Ромашка»' })
  await resolveAll(db)
  const less = await ask(2)
  await db.updateTable('person').set({ role: 'viewer', companyId: company!.id }).where('id', '=', personId).execute()
  await build({ db, redisUrl, queuePrefix }, less.id)
  const seen = await rowsOf(db, less.id)
  expect(seen.find((row) => row[0] === 'Контейнер')).not.toContain('Клиент')
  expect(JSON.stringify(seen)).toContain(own)
  expect(JSON.stringify(seen)).not.toContain(foreign)
})

test('the workbook of what came to a terminal says so, with the moment of the departure', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storeVisits(db)
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const moved = { side: 'arrived', days: { from: '2025-09-02', to: '2025-09-02' } } as const
  const filter = { ...emptyStockFilter, moved }
  const { id } = await stockReports.insertAsked(db, { personId, chatId, name: 'x', filter, updateId: 1 })
  await build({ db, redisUrl, queuePrefix }, id)
  const rows = await rowsOf(db, id)
  expect(rows[0]).toEqual(['Терминал: прибыли 02.09.2025, на всех терминалах'])
  const headings = rows.find((row) => row[0] === 'Контейнер')
  expect(headings).toContainEqual(expect.stringMatching(/^Отправлен/))
  expect(rows.some((row) => row[0] === own)).toBe(true)
  const delivery = await db.selectFrom('delivery').select(['text']).execute()
  expect(delivery).toMatchObject([{ text: expect.stringContaining('Прибыло: 2 контейнера') }])
})
