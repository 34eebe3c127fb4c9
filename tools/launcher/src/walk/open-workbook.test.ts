import { aDislocationRow, aDislocationWorkbook, containerNumber } from '@atermtrack/testkit'
import { expect, test, vi } from 'vitest'
import { openWorkbook } from './open-workbook.ts'

test('a workbook gives the text of its cells', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  const bytes = await aDislocationWorkbook({ rows: [aDislocationRow({ 'Номер контейнера': containerNumber(7) })] })
  expect(await openWorkbook({ fileName: 'a.xlsx', bytes })).toContain(containerNumber(7))
  expect(log.mock.calls.join()).toMatch(/opened: «.+» \d+ rows/)
  log.mockRestore()
})

test('bytes that are not a workbook give an error that names the file', async () => {
  const opening = openWorkbook({ fileName: 'broken.xlsx', bytes: Buffer.from('not a workbook') })
  await expect(opening).rejects.toThrow('broken.xlsx does not open as a workbook')
})
