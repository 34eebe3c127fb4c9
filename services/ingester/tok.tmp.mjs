import { readFileSync } from 'node:fs'
import { openZipDirectory } from './dist/workbook-reader/zip-directory.js'
import { scanXml } from './dist/workbook-reader/xml-scanner.js'
import { defaultReadingLimits } from './dist/workbook-reader/reading-limits.js'
const d = await openZipDirectory(readFileSync(process.argv[2]), { ...defaultReadingLimits, maxUnpackedBytes: 1e10 })
const chunks = []
for await (const c of d.read('xl/worksheets/sheet1.xml')) chunks.push(c)
async function* g() {
  yield* chunks
}
for (let k = 0; k < 4; k++) {
  const t = performance.now()
  let n = 0
  await scanXml(g(), {
    open() {
      n++
    },
    close() {
      n++
    },
    text() {
      n++
    },
    isDone: () => false,
  })
  console.log('tokens only', ((performance.now() - t) / 1000).toFixed(3), n)
  const t2 = performance.now()
  let h = 0
  for (const c of chunks)
    for (let i = 0; i < c.length; i++) {
      if (c[i] === 60) h++
    }
  console.log('byte loop', ((performance.now() - t2) / 1000).toFixed(3), h)
}
