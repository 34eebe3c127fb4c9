import { expect, test } from 'vitest'
import { normaliseLabel } from './header.ts'

test.each([
  ['\ufeff Номер\u00a0контейнера ', 'номер контейнера'],
  ['Дата и время\nоперации:', 'дата и время операции'],
  ['Грузоподъёмность', 'грузоподъемность'],
  ['Признак груж. рейса', 'признак груж. рейса'],
  ['Станция назн.', 'станция назн'],
  ['№', '№'],
])('%j is compared as %j', (text, label) => {
  expect(normaliseLabel(text)).toBe(label)
})
