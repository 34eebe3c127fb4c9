import ExcelJS from 'exceljs'
const shared = process.argv[2] === 'shared'
const wb = new ExcelJS.stream.xlsx.WorkbookWriter({
  filename: `/tmp/wbench/${process.argv[2]}.xlsx`,
  useSharedStrings: shared,
  useStyles: true,
})
const ws = wb.addWorksheet('Дислокация')
const st = Array.from({ length: 400 }, (_, i) => `СТАНЦИЯ-СОРТИРОВОЧНАЯ ${i} (${100000 + i * 7})`)
ws.addRow(Array.from({ length: 45 }, (_, i) => 'Колонка ' + i)).commit()
const N = 50000
for (let r = 0; r < N; r++) {
  const row = []
  for (let c = 0; c < 45; c++) {
    if (c === 0) row.push('CSQU' + (1000000 + r))
    else if (c === 1) row.push('ЭХ' + (900000 + r * 3))
    else if (c % 9 === 3) row.push(new Date(Date.UTC(2025, 8, 1 + (r % 30), r % 24, (r * 7 + c) % 60)))
    else if (c % 5 === 2) row.push(90000000 + ((r * 31 + c) % 5000000))
    else if (c % 11 === 7) row.push((r % 1000) / 7)
    else if (c % 13 === 12) row.push(undefined)
    else row.push(st[(r * 13 + c * 5) % 400])
  }
  const x = ws.addRow(row)
  if (r === 0) x.eachCell((cell) => {})
  for (let c = 3; c < 45; c += 9) x.getCell(c + 1).numFmt = 'dd.mm.yyyy hh:mm'
  x.commit()
}
ws.commit()
await wb.commit()
