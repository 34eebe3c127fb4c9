import { terminalStock } from '@atermtrack/data'
import { createTerminalParser, findTerminalHeader, stockSummary } from '@atermtrack/domain'
import { expect, readSample, test } from '@atermtrack/testkit'
import { arrive, importer } from '../testing/arrivals.ts'
import { readRows } from '../workbook-reader/workbook-rows.test-helper.ts'

async function domainsCount(content: Uint8Array) {
  const rows = Object.entries(await readRows(content))
  const header = findTerminalHeader(rows.slice(0, 15).map(([, cells]) => cells))
  if (!header) throw new Error('no header')
  const parser = createTerminalParser({ ...header, zone: 'Asia/Vladivostok', sheetKind: 'containers' })
  return stockSummary(rows.slice(header.headerRow).flatMap(([row, cells]) => parser.row(Number(row), cells) ?? []))
}

test('the stock of the imported dump is what the domain counts in its rows', async ({ db }) => {
  const content = await readSample('files/A-Terminal dump.xlsx')
  const fileName = 'A-Terminal dump.xlsx'
  await importer(db)(await arrive(db, { origin: 'telegram', fileName, content, sentAt: new Date('2025-09-20') }))
  const terminals = await terminalStock.listTerminals(db)
  expect(terminals).toHaveLength(1)
  const stock = await terminalStock.findStock(db, terminals[0] ?? null)
  expect(stock.length).toBeGreaterThan(0)
  expect(stock).toEqual(await domainsCount(content))
})
