import { readFileSync } from 'node:fs'
import { readWorkbook } from './dist/workbook-reader/read-workbook.js'
const b = readFileSync('/work/shared/samples/files/КП К25-101 Селятино.xlsx')
for (let k = 0; k < 6; k++) {
  const t = performance.now()
  for (let i = 0; i < 100; i++) await readWorkbook(b, { sheet: () => () => {} })
  console.log('ms each', (performance.now() - t) / 100)
}
