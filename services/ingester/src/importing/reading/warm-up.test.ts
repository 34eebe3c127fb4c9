import { expect, test } from 'vitest'
import { inventReport, request } from './warm-up.ts'
import { digestWorkbook } from './digest-workbook.ts'

test('the invented report that warms a reader up is read as a report, without a doubt', async () => {
  const lines: Uint8Array[] = []
  const digest = await digestWorkbook(await inventReport(), request, (chunk) => void lines.push(chunk))
  expect(digest).toMatchObject({
    kind: 'dislocation',
    rowCount: 1_000,
    skippedCount: 0,
    missing: [],
    unknownColumns: [],
  })
  expect(digest).toMatchObject({ warnings: [] })
  expect(lines.length).toBeGreaterThan(0)
})
