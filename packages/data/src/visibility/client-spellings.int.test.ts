import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

test.for([
  ['ООО «Ромашка»', 'Ромашка'],
  ['ООО Ромашка', 'Общество с ограниченной ответственностью "РОМАШКА"'],
  ['Публичное акционерное общество "Транс-Лайн"', 'ПАО ТрансЛайн'],
  ['ИП Королёв И.И.', 'Королев И. И., ИП'],
  ['OOO POMAШKA', 'Ромашка'],
  ['Sea Star Co., Ltd', 'SEA  STAR'],
])('%s and %s are one client', async (names, { db }) => {
  expect(await keysOf(db, names)).toHaveLength(1)
})

test.for([
  ['Ромашка', 'Ромашка плюс'],
  ['ИП Королёв И.И.', 'ИП Королёв И.П.'],
  ['АОМ', 'М'],
  ['青岛', '上海'],
])('%s and %s are two clients', async (names, { db }) => {
  expect(await keysOf(db, names)).toHaveLength(2)
})

test.for([
  ['ООО «Ромашка»', 'РОМАШКА, ООО'],
  ['ПАО «Транс-Лайн»', 'Публичное акционерное общество "ТРАНС-ЛАЙН"'],
  ['OOO POMAШKA', 'Общество с ограниченной ответственностью Ромашка'],
])('%s and %s have one legal form, and АО is another', async (names, { db }) => {
  const { rows } = await sql<{ form: string }>`
    select distinct client_form(name) as form from unnest(${[...names, `АО ${names[0]?.slice(3)}`]}::text[]) as given (name)`.execute(
    db,
  )
  expect(rows).toHaveLength(2)
})

async function keysOf(db: Db, names: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct client_key(name) as key from unnest(${names}::text[]) as given (name)`.execute(db)
  return rows.map(({ key }) => key)
}
