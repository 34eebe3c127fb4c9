import { expect, test } from 'vitest'
import { areNoKilograms, headingScale } from './heading-units.ts'

test.each([
  ['Вес груза (кг)', 1],
  ['Вес, т', 1_000],
  ['Вес груза в тоннах', 1_000],
  ['Масса, тн.', 1_000],
  ['Weight (t)', 1_000],
  ['Масса, тыс. кг', 1_000],
  ['Вес, ц', 100],
  ['Вес', undefined],
  ['Вес товара', undefined],
])('a weight under «%s» is %s kilograms', (label, scale) => {
  expect(headingScale(label, 'kilograms')).toBe(scale)
})

test('reads hours, minutes and metres, and no unit that the column does not have', () => {
  expect(headingScale('Простой (ч)', 'idleDays')).toBeCloseTo(1 / 24)
  expect(headingScale('Простой, минут', 'idleDays')).toBeCloseTo(1 / 1_440)
  expect(headingScale('Остаток, м', 'amount')).toBe(0.001)
  expect(headingScale('Остаток, тыс. км', 'amount')).toBe(1_000)
  expect(headingScale('Вес, т', 'text')).toBeUndefined()
})

test('values of tonnes are no kilograms, unless the heading says so', () => {
  expect(areNoKilograms('Вес груза', [12.5, '24,1', 0, undefined, 'нет'])).toBe(true)
  expect(areNoKilograms('Вес груза (кг)', [12.5, 24])).toBe(false)
  expect(areNoKilograms('Вес груза', [12.5, 24_100])).toBe(false)
  expect(areNoKilograms('Вес груза', [0, undefined])).toBe(false)
})
