import { expect, test } from 'vitest'
import { readItems } from './read-items.ts'

test.for([
  ['MSKU6011672', [{ container: 'MSKU6011672' }]],
  ['MSKU6011672 заказ 17', [{ container: 'MSKU6011672', orderNumber: '17' }]],
  ['MSKU6011672\tзаказ № А-17/2, мебель', [{ container: 'MSKU6011672', orderNumber: 'А-17/2', note: 'мебель' }]],
  ['MSKU6011672; мебель для «Дома»', [{ container: 'MSKU6011672', note: 'мебель для «Дома»' }]],
  [
    '1. MSKU6011672 order: 44\n2. CSQU3054383 PO 45',
    [
      { container: 'MSKU6011672', orderNumber: '44' },
      { container: 'CSQU3054383', orderNumber: '45' },
    ],
  ],
  ['MSKU6011672 CSQU3054383 заказ 17', [{ container: 'MSKU6011672' }, { container: 'CSQU3054383' }]],
] as const)('reads «%s»', ([text, items]) => {
  expect(readItems(text).items).toEqual(items)
})

test('cuts long words and names what is no number', () => {
  const { items, mistyped } = readItems(`MSKU6011672 ${'я'.repeat(500)}\nTGHU123`)
  expect(items[0]?.note).toHaveLength(80)
  expect(mistyped).toEqual(['TGHU123'])
})
