import { readFileSync } from 'node:fs'
import { readWorkbook } from './dist/workbook-reader/read-workbook.js'
const bytes = readFileSync(process.argv[2])
const limits = process.argv[4] ? JSON.parse(process.argv[4]) : undefined
const before = process.memoryUsage().rss
for (let k = 0; k < Number(process.argv[3] ?? 1); k++) {
  const t = performance.now()
  let rows = 0,
    n = 0,
    kinds = {}
  await readWorkbook(bytes, {
    sheet: () => (r, cells) => {
      rows++
      for (const c of cells) if (c !== undefined) n++
    },
  })
  console.log(
    process.argv[2],
    's',
    ((performance.now() - t) / 1000).toFixed(3),
    'rows',
    rows,
    'cells',
    n,
    'maxRSS MB',
    Math.round(process.resourceUsage().maxRSS / 1024),
    'start',
    Math.round(before / 1048576),
    'cpu',
    JSON.stringify(process.cpuUsage()),
  )
}
