import { readFileSync } from 'node:fs'
import { readWorkbook } from './dist/workbook-reader/read-workbook.js'
import { sniffFormat } from './dist/workbook-reader/sniff-format.js'
const b = readFileSync('/tmp/wbench/z64.xlsx')
let n = 0
console.log(sniffFormat(b), b.readUInt32LE(b.length - 22 + 16).toString(16))
await readWorkbook(b, {
  sheet: (i) => {
    console.log(i)
    return () => {
      n++
    }
  },
})
console.log(n)
