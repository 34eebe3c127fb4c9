import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelSimilarity } from './label-similarity.ts'

test.each([
  ['Станция назначения', 'СТ. НАЗН.', 1],
  ['Номер вагона', '№ ваг.', 1],
  ['Расстояние оставшееся', 'Остаток км', 1],
  ['Дата операции', 'операция, дата', 1],
  ['Дата и время операции', 'Дата операции', 0.8],
  ['Станция назначения', 'Станция отправления', 0.5],
  ['№', 'Номер поезда', 0],
  ['№ п/п', 'Номер поезда', 0],
  ['Груз', 'Клиент', 0],
  ['Дорога', 'До', 0],
  ['км', '', 0],
  ['', ' - ', 0],
])('%j and %j have %d in common', (a, b, similarity) => {
  expect(labelSimilarity(a, b)).toBeCloseTo(similarity)
})

test('is symmetric for one word, 1 for a label and itself, and never beyond 0 and 1', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const similarity = labelSimilarity(a, b)
      expect(similarity >= 0 && similarity <= 1).toBe(true)
      expect([0, 1]).toContain(labelSimilarity(a, a))
    }),
  )
})
