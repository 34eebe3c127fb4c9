import { expect, test, zip } from '@atermtrack/testkit'
import { listArchivedWorkbooks } from '@atermtrack/workbook-reader'
import { build } from '../../test/build.ts'
import { aPosition } from '../../test/seed.ts'
import {
  aWorkbook,
  bring,
  cellsOf,
  getReport,
  listDeliveries,
  stamp,
  table,
  undated,
} from './annotating.test-helper.ts'

test('the workbooks of an archive come back as one, each completed, and the omissions are named', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await aPosition(db, { container: 'MSKU6011672', stamp })
  const content = await zip([
    { name: 'склад/список.xlsx', content: await aWorkbook(table) },
    { name: 'порт/список.xlsx', content: await aWorkbook([['Контейнер'], ['MSKU6011672']]) },
    { name: 'ещё.csv', content: Buffer.from('CSQU3054383\n') },
    { name: 'письмо.pdf', content: Buffer.from('%PDF-1.4') },
    { name: 'старое.zip', content: await zip([{ name: 'x.csv', content: Buffer.from('MSKU6011672\n') }]) },
    { name: 'цены.csv', content: Buffer.from('Цена;Дата\n5;7\n') },
  ])
  const { id } = await bring(db, { content, fileName: 'мои.zip' })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  expect(report).toMatchObject({ rowCount: 1, asOf: stamp })
  expect(undated(report.fileName)).toBe('мои + статусы <day>.zip')
  const files = await listArchivedWorkbooks(report.content ?? Buffer.alloc(0))
  expect(files?.map(({ name }) => undated(name))).toEqual([
    'список + статусы <day>.xlsx',
    'список + статусы <day> (2).xlsx',
    'ещё + статусы <day>.xlsx',
  ])
  const states = await Promise.all(
    (files ?? []).map(async (file) =>
      (await cellsOf(Buffer.from(file.content))).map((row) => row.at(-16) ?? row.at(-1)),
    ),
  )
  expect(states[1]).toEqual(['Статус', 'в пути'])
  expect(states[2]).toEqual(['не найден'])
  expect((await listDeliveries(db))[0]?.text?.split('\n').slice(-5, -1)).toEqual([
    '🟨 Не найдены (1): CSQU3054383',
    '🟥 С опечаткой (1): MSKU601167',
    'Файлы: список.xlsx, список.xlsx, ещё.csv',
    'Не дополнены: письмо.pdf — это не таблица Excel, не CSV и не архив с ними, старое.zip — архив в архиве: пришлите его отдельно, цены.csv — нет колонки с номерами контейнеров',
  ])
})

test('the only workbook of an archive comes back as it is', async ({ db, redisUrl, queuePrefix }) => {
  const content = await zip([{ name: 'мои.xlsx', content: await aWorkbook(table) }])
  const { id } = await bring(db, { content, fileName: 'архив.zip' })
  await build({ db, redisUrl, queuePrefix }, id)
  const report = await getReport(db, id)
  expect(undated(report.fileName)).toBe('мои + статусы <day>.xlsx')
  expect((await cellsOf(report.content))[1]?.slice(0, 3)).toEqual(['Ромашка', 'MSKU6011672', 'не найден'])
})

test('an archive without numbers is refused with what is wrong with each file, and a bomb at once', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const content = await zip([
    { name: '<цены>.csv', content: Buffer.from('Цена;Дата\n5;7\n') },
    { name: 'пусто.xlsx', content: Buffer.alloc(0) },
  ])
  const { id } = await bring(db, { content, fileName: 'мои.zip' })
  await build({ db, redisUrl, queuePrefix }, id)
  expect((await listDeliveries(db))[0]?.text?.split('\n')).toEqual([
    'В архиве «мои.zip» нет таблицы с номерами контейнеров.',
    '&lt;цены&gt;.csv — нет колонки с номерами контейнеров',
    'пусто.xlsx — файл пуст',
  ])
  const many = await zip(Array.from({ length: 21 }, (_, n) => ({ name: `${n}.csv`, content: Buffer.from('5') })))
  const other = await bring(db, { content: many, fileName: 'много.zip' })
  await build({ db, redisUrl, queuePrefix }, other.id)
  expect(await getReport(db, other.id)).toMatchObject({ status: 'failed', reason: 'bomb' })
})
