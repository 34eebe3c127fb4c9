import { readFileSync, readdirSync } from 'node:fs'
import { simpleParser } from 'mailparser'
import { read, utils } from '@e965/xlsx'
import { readWorkbook } from './dist/workbook-reader/read-workbook.js'
const files = []
for (const f of readdirSync('/work/shared/samples/files'))
  files.push([f, readFileSync('/work/shared/samples/files/' + f)])
for (const d of ['mail', 'odd'])
  for (const f of readdirSync('/work/shared/samples/' + d)) {
    if (!f.endsWith('.eml')) continue
    const m = await simpleParser(readFileSync(`/work/shared/samples/${d}/${f}`))
    for (const a of m.attachments) files.push([`${f}:${a.filename}`, a.content])
  }
let same = 0,
  cells = 0
for (const [name, b] of files) {
  try {
    const ours = {}
    await readWorkbook(b, {
      sheet: (i) => (r, c) => {
        for (let k = 0; k < c.length; k++)
          if (c[k] !== undefined) {
            ours[i.name + '!' + utils.encode_cell({ r: r - 1, c: k })] = c[k]
            cells++
          }
      },
    })
    const wb = read(b, { cellDates: true, UTC: true })
    const theirs = {}
    for (const s of wb.SheetNames)
      for (const [k, c] of Object.entries(wb.Sheets[s]))
        if (k[0] !== '!' && c.v !== undefined && c.v !== '')
          theirs[s + '!' + k] =
            c.v instanceof Date
              ? { kind: 'date', wall: new Date(Math.round(c.v.getTime() / 1000) * 1000).toISOString().slice(0, 19) }
              : c.v
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)])
    let diff = 0
    for (const k of keys)
      if (JSON.stringify(ours[k]) !== JSON.stringify(theirs[k]) && diff++ < 3) console.log(name, k, ours[k], theirs[k])
    if (!diff) same++
  } catch (e) {
    console.log(name, e.message)
  }
}
console.log(same, 'same of', files.length, cells, 'cells')
