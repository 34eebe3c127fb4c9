import { everything, terminalStock } from '@atermtrack/data'
import { type Cell, createTerminalParser, findTerminalHeader, stockSummary } from '@atermtrack/domain'
import { expect, readSample, test } from '@atermtrack/testkit'
import { readWorkbook } from '@atermtrack/workbook-reader'
import { arrive, importer } from '../testing/arrivals.ts'

const latest = new Date('2025-09-20')

async function domainsCount(content: Uint8Array) {
  const rows: (readonly [number, readonly Cell[]])[] = []
  await readWorkbook(content, { sheet: () => (rowNumber, cells) => void rows.push([rowNumber, [...cells]]) })
  const header = findTerminalHeader(rows.slice(0, 15).map(([, cells]) => cells))
  if (!header) throw new Error('no header')
  const parser = createTerminalParser({ ...header, zone: 'Asia/Vladivostok', sheetKind: 'containers', latest })
  return stockSummary(rows.slice(header.headerRow).flatMap(([row, cells]) => parser.row(row, cells) ?? []))
}

test('the stock of the imported dump is what the domain counts in its rows', async ({ db }) => {
  const content = await readSample('files/A-Terminal dump.xlsx')
  const fileName = 'A-Terminal dump.xlsx'
  await importer(db)(await arrive(db, { origin: 'telegram', fileName, content, receivedAt: latest }))
  const terminals = await terminalStock.listTerminals(db, everything)
  expect(terminals).toHaveLength(1)
  const { groups } = await terminalStock.findStock(db, terminals[0] ?? null, everything)
  expect(groups.length).toBeGreaterThan(0)
  expect(groups).toEqual(await domainsCount(content))
})
