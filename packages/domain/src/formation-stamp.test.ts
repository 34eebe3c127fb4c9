import { expect, test } from 'vitest'
import { findFormationStamp, stampFromFileName } from './formation-stamp.ts'

test.each([
  [['Отчёт № 103 за 01.09.2025 00:00', 'Сформирован: 02.09.2025 08:00 (МСК)'], '2025-09-02T08:00:00'],
  [['Дата формирования отчета', '02.09.2025 8:05:09'], '2025-09-02T08:05:09'],
  [['Дислокация по состоянию на 02.09.2025 г. в 08:00'], '2025-09-02T08:00:00'],
  [['Отчёт слежения на 02.09.2025, 08:00'], '2025-09-02T08:00:00'],
  [['СФОРМИРОВАН\u00a002.09.2025'], '2025-09-02T00:00:00'],
  [['Сформирован: 32.09.2025 08:00'], undefined],
  [['Отчёт за 02.09.2025'], undefined],
  [[], undefined],
])('the titles %j are of %s', (titles, stamp) => {
  expect(findFormationStamp(titles)).toBe(stamp)
})

test.each([
  ['103_02092025_0800.xlsx', '2025-09-02T08:00:00'],
  ['103_02092025_080015.xlsx', '2025-09-02T08:00:15'],
  ['Дислокация 02.09.2025 08-00.xlsx', '2025-09-02T08:00:00'],
  ['A-Terminal 05.09.2025.xlsx', '2025-09-05T00:00:00'],
  ['report_2025-09-02_1830.xlsx', '2025-09-02T18:30:00'],
  ['20250902.csv', '2025-09-02T00:00:00'],
  ['103.xlsx', undefined],
  ['103_99992025_0800.xlsx', undefined],
])('the file name %s is of %s', (name, stamp) => {
  expect(stampFromFileName(name)).toBe(stamp)
})
