import { expect, test } from 'vitest'
import { compareOther, compareXlsx } from './generated-corpus.test-helper.ts'
import { otherFormats } from './other-writers.test-helper.ts'

const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test('reads generated xlsx files of many habits as they were written, and as exceljs and SheetJS do', async () => {
  const { ours, exceljs, sheetJs } = await compareXlsx(seeds(90))
  expect(ours).toBeGreaterThan(1_000)
  expect(exceljs).toBeGreaterThan(200)
  expect(sheetJs).toBeGreaterThan(200)
})

test.each(otherFormats)('reads generated files of %s as they were written, and as SheetJS does', async (format) => {
  const { ours } = await compareOther(format, seeds(30))
  expect(ours).toBeGreaterThan(300)
})
