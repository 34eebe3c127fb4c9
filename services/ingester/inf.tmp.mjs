import { readFileSync } from 'node:fs'
import zlib from 'node:zlib'
import { openZipDirectory } from './dist/workbook-reader/zip-directory.js'
import { defaultReadingLimits } from './dist/workbook-reader/reading-limits.js'
const d = await openZipDirectory(readFileSync(process.argv[2]), defaultReadingLimits)
const t = performance.now()
let n = 0,
  big = 0
for await (const c of d.read('xl/worksheets/sheet1.xml')) {
  n++
  if (c.length === 262144) big++
}
console.log('inflate only', ((performance.now() - t) / 1000).toFixed(3), n, big, process.cpuUsage())
