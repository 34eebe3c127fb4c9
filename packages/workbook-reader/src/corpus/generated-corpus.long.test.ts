// Takes up to 90 s: thousands of generated workbooks, each read three times.
import { expect, test } from 'vitest'
import { compareOther, compareXlsx } from './generated-corpus.test-helper.ts'
import { otherFormats } from './other-writers.test-helper.ts'

const isFull = process.env['TEST_LENGTH'] === 'full'
/** Others than those of the short test. */
const seeds = Array.from({ length: isFull ? 5_000 : 100 }, (_, index) => index + 1_000)

test('reads thousands of generated xlsx files as they were written, and as exceljs and SheetJS do', async () => {
  const { ours, exceljs, sheetJs } = await compareXlsx(seeds)
  expect(ours).toBeGreaterThan(10 * seeds.length)
  expect(exceljs).toBeGreaterThan(2 * seeds.length)
  expect(sheetJs).toBeGreaterThan(2 * seeds.length)
})

test.each(otherFormats)('reads thousands of generated files of %s', async (format) => {
  const { ours } = await compareOther(format, seeds)
  expect(ours).toBeGreaterThan(10 * seeds.length)
})
