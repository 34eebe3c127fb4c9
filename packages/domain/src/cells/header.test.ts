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

test('gets through a cell of a million marks in time', () => {
  const marks = ';'.repeat(1_000_000)
  expect(normaliseLabel(`${marks}x${marks}`)).toBe(`${marks}x`)
})
