import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readQuestion } from './question.ts'

test.each([
  ['MSKU6011672', ['MSKU6011672'], [], false],
  ['msku 601167-2', ['MSKU6011672'], [], false],
  ['MSK U 601167 2', ['MSKU6011672'], [], false],
  ['MSKU\u00a0601167‑2;CSQU3054383,\nТКRU8864591.', ['MSKU6011672', 'CSQU3054383', 'TKRU8864591'], [], false],
  ['MSKU6011672CSQU3054383', ['MSKU6011672', 'CSQU3054383'], [], false],
  ['MSKU\t6011672\nCSQU\t3054383', ['MSKU6011672', 'CSQU3054383'], [], false],
  ['MSKU6011672 msku6011672', ['MSKU6011672'], [], false],
  ['(MSKU6011672)', ['MSKU6011672'], [], false],
  ['MSKU\u200b6011672', ['MSKU6011672'], [], false],
  ['где MSKU6011672?', ['MSKU6011672'], [], true],
  ['MSKU6011672 50447762', ['MSKU6011672'], [], true],
  ['1. MSKU601167\n2. CSQU3054383', ['CSQU3054383'], ['MSKU601167'], true],
  ['MSKU60116O2', [], ['MSKU60116O2'], false],
  ['MSKX6011672', [], ['MSKX6011672'], false],
  ['MSKU60116723', [], ['MSKU60116723'], false],
  ['MSK6011672', [], ['MSK6011672'], false],
  ['ТКРУ8864591', [], ['ТКРУ8864591'], false],
  ['msku 601167', [], ['msku 601167'], false],
  ['MSKU 601167 50447762', [], ['MSKU 601167'], true],
  ['ТЕСТ 12345', [], [], true],
  ['МОСТ 12345', [], [], true],
  ['ИНН 7700000016', [], [], true],
  ['К25-073', [], [], true],
  ['ООО ООО ООО', [], [], true],
  ['привет', [], [], true],
  ['', [], [], false],
])('reads %j', (text, containers, mistyped, other) => {
  expect(readQuestion(text)).toEqual({ containers, mistyped, other })
})

test('finds a number among any words, whatever punctuation it touches', () => {
  const words = fc.stringMatching(/^[а-яё .,;:!?()«»"'/\n]*$/)
  fc.assert(
    fc.property(words, fc.constantFrom('', '\n', '"', '(', '№', '/', '«'), words, (before, mark, after) => {
      expect(readQuestion(`${before} ${mark}MSKU6011672${mark}${after}`).containers).toEqual(['MSKU6011672'])
    }),
  )
})

test('work stays bounded for a long hostile text', () => {
  const texts = ['MSKU ', 'MSKU6-', 'A', '1 ', 'MSKU601167 ', ' -\t']
  const started = performance.now()
  for (const text of texts) expect(readQuestion(text.repeat(200_000)).containers).toEqual([])
  expect(performance.now() - started).toBeLessThan(3000)
})

test.each([
  ['мску 6011672', ['мску 6011672']],
  ['TGHU123', ['TGHU123']],
  ['ТЕСТ 12345', []],
  ['ГОСТ 20259-80', []],
  ['кот 1234567', []],
])('%j holds the pieces %j that are meant as numbers', (text, mistyped) => {
  expect(readQuestion(text)).toMatchObject({ containers: [], mistyped })
})
