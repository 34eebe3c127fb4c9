import fc from 'fast-check'
import { expect, test } from 'vitest'
import { containerCheckDigit } from '../values/container-number.ts'
import { readNumbers, readTail } from './read-numbers.ts'

test.each([
  ['MSKU6011672', ['MSKU6011672'], []],
  ['msku 601167-2', ['MSKU6011672'], []],
  ['MSK U 601167 2', ['MSKU6011672'], []],
  ['MSKU\u00a0601167‑2;CSQU3054383,\nТКRU8864591.', ['MSKU6011672', 'CSQU3054383', 'TKRU8864591'], []],
  ['MSKU6011672CSQU3054383', ['MSKU6011672', 'CSQU3054383'], []],
  ['MSKU\t6011672\nCSQU\t3054383', ['MSKU6011672', 'CSQU3054383'], []],
  ['MSKU6011672 msku6011672', ['MSKU6011672'], []],
  ['(MSKU6011672)', ['MSKU6011672'], []],
  ['MSKU\u200b6011672', ['MSKU6011672'], []],
  ['где MSKU6011672?', ['MSKU6011672'], []],
  ['MSKU6011672 50447762', ['MSKU6011672'], []],
  ['1. MSKU601167\n2. CSQU3054383', ['CSQU3054383'], ['MSKU601167']],
  ['MSKU60116O2', [], ['MSKU60116O2']],
  ['MSKX6011672', [], ['MSKX6011672']],
  ['MSKU60l1672', ['MSKU6011672'], []],
  ['MSKU S0116T2', [], []],
  ['МСКУ6011672', [], ['МСКУ6011672']],
  ['фесу 1234567', [], ['фесу 1234567']],
  ['ГОСТ 1234567', [], []],
  ['MSKU60116723', [], ['MSKU60116723']],
  ['MSK6011672', [], ['MSK6011672']],
  ['ТКРУ8864591', [], ['ТКРУ8864591']],
  ['msku 601167', [], ['msku 601167']],
  ['MSKU 601167 50447762', [], ['MSKU 601167']],
  ['ТЕСТ 12345', [], []],
  ['МОСТ 12345', [], []],
  ['ИНН 7700000016', [], []],
  ['К25-073', [], []],
  ['ООО ООО ООО', [], []],
  ['привет', [], []],
  ['', [], []],
])('reads %j', (text, containers, mistyped) => {
  expect(readNumbers(text)).toMatchObject({ containers, mistyped })
})

test('finds a number among any words, whatever punctuation it touches', () => {
  const words = fc.stringMatching(/^[а-яё .,;:!?()«»"'/\n]*$/)
  fc.assert(
    fc.property(words, fc.constantFrom('', '\n', '"', '(', '№', '/', '«'), words, (before, mark, after) => {
      expect(readNumbers(`${before} ${mark}MSKU6011672${mark}${after}`).containers).toEqual(['MSKU6011672'])
    }),
  )
})

test('finds every number once, in the order of the text, whatever separates them', () => {
  const number = fc.stringMatching(/^[A-Z]{3}[UJZ]\d{6}$/).map((first10) => `${first10}${containerCheckDigit(first10)}`)
  const separator = fc.constantFrom(' ', ', ', ';', '\n', '\t', ' / ', '|', '\r\n', ' и ', '')
  fc.assert(
    fc.property(fc.uniqueArray(number, { maxLength: 20 }), separator, (numbers, separator) => {
      expect(readNumbers(numbers.join(separator)).containers).toEqual(numbers)
    }),
  )
})

test('reads a number in any spelling as the number itself', () => {
  const number = fc.stringMatching(/^[A-Z]{3}[UJZ]\d{7}$/)
  const spelling = fc.constantFrom<(number: string) => string>(
    (number) => number.toLowerCase(),
    (number) => number.replace(/^(.{4})/, '$1 '),
    (number) => number.replace(/^(.{4})(\d{6})/, '$1-$2-'),
    (number) => number.replaceAll('M', 'М').replaceAll('K', 'к'),
    (number) => number.replace(/^(.{4})/, '$1\t'),
  )
  fc.assert(
    fc.property(number, spelling, (number, spell) => {
      expect(readNumbers(spell(number)).containers).toEqual([number])
    }),
  )
})

test('nothing makes it throw', { timeout: 30_000 }, () => {
  const pieces = fc.constantFrom(
    'MSKU',
    '601167',
    '2',
    '\t',
    ' ',
    '-',
    'вагон ',
    'ЭФ',
    '52275476',
    'К25-073',
    '\n',
    'Ж',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(text, (text) => {
      expect(() => readNumbers(text)).not.toThrow()
    }),
  )
})

test.each([
  'MSKU ',
  'MSKU6-',
  'A',
  '1 ',
  'MSKU601167 ',
  ' -\t',
  '12345678 ',
  'вагон ',
  'ЭФ ',
  'в. № ',
  '\n',
  'MSKU6011672\n',
])('100,000 characters of %j take no time', (text) => {
  const long = text.repeat(100_000 / text.length)
  const before = process.cpuUsage()
  readNumbers(long)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(300)
})

test.each([
  ['мску 6011672', ['мску 6011672']],
  ['TGHU123', ['TGHU123']],
  ['ТЕСТ 12345', []],
  ['ГОСТ 20259-80', []],
  ['кот 1234567', []],
])('%j holds the pieces %j that are meant as numbers', (text, mistyped) => {
  expect(readNumbers(text)).toMatchObject({ containers: [], mistyped })
})

test.each([
  ['52275476', ['52275476']],
  ['5227 5476', ['52275476']],
  ['что на вагоне 52275476?', ['52275476']],
  ['52275476, 50447762', ['52275476', '50447762']],
  ['вагон 94287650', ['94287650']],
  ['ваг 9428-7650', ['94287650']],
  ['9428-7657', []],
  ['платформа 94287650', ['94287650']],
  ['в. № 94287650', ['94287650']],
  ['wagon 94287650', ['94287650']],
  ['94287650', ['94287650']],
  ['контейнер 52275476', ['52275476']],
  ['MSKU6011672, 52275476', ['52275476']],
  ['сумма 94287650', []],
  ['94287650 94287651', []],
  ['89141234567', []],
  ['№522754760', []],
  ['договор 52275476-1', []],
])('%j asks for the wagons %j', (text, wagons) => {
  expect(readNumbers(text).wagons).toEqual(wagons)
})

test.each([
  ['ЭФ038927', ['ЭФ038927']],
  ['накладная эф 038927', ['ЭФ038927']],
  ['накладная ЭФ 038 927', ['ЭФ038927']],
  ['ЭК-038927; эф№038928', ['ЭК038927', 'ЭФ038928']],
  ['ES038927', []],
  ['EC038927', ['ЕС038927']],
  ['на 181102', []],
  ['до 181102', []],
  ['to 181102', []],
  ['ЭФ0389271', []],
])('%j asks for the waybills %j', (text, waybills) => {
  expect(readNumbers(text).waybills).toEqual(waybills)
})

test.each([
  ['6011672', ['6011672']],
  ['60116725555', ['60116725555']],
  ['контейнер 601167', ['601167']],
  ['ктк № 6011672', ['6011672']],
  ['заказ 6011672', []],
  ['181102', []],
])('%j lacks the letters of %j', (text, mistyped) => {
  expect(readNumbers(text)).toMatchObject({ containers: [], wagons: [], mistyped })
})

test.each([
  ['MSKU601167\t2', ['MSKU6011672'], []],
  ['MSKU\t601167\t2\nCSQU\t305438\t3', ['MSKU6011672', 'CSQU3054383'], []],
  ['MSKU601167\t5', [], ['MSKU601167']],
])('a number over the cells of a table is read when it is sound: %j', (text, containers, mistyped) => {
  expect(readNumbers(text)).toMatchObject({ containers, mistyped })
})

test('the rows of a table ask for their containers alone', () => {
  const table = [
    'Контейнер\tВагон\tНакладная\tПоезд\tСтанция',
    'MSKU6011672\t52275476\tЭФ038927\tК25-073\tЧита I',
    'CSQU3054383\t50447762\tЭФ038928\tК25-073\tСелятино',
    '',
    '62068994',
  ].join('\n')
  expect(readNumbers(table)).toEqual({
    containers: ['MSKU6011672', 'CSQU3054383'],
    mistyped: [],
    corrected: [],
    wagons: ['62068994'],
    waybills: [],
    trains: [],
    rest: expect.not.stringContaining('Селятино'),
  })
})

test.each([
  ['MSKU6O11672', [{ written: 'O', meant: '0' }]],
  [
    'МSКU6О1I672',
    [
      { written: 'O', meant: '0' },
      { written: 'I', meant: '1' },
    ],
  ],
  ['msku 6o1 1672', [{ written: 'O', meant: '0' }]],
])('%j is read with its letters and digits in their places', (text, slips) => {
  const { corrected, containers, mistyped } = readNumbers(`где ${text}?`)
  expect(containers).toEqual(['MSKU6011672'])
  expect(mistyped).toEqual([])
  expect(corrected).toEqual([{ written: text, container: 'MSKU6011672', slips }])
})

test('a number that no exchange makes sound stays a slip', () => {
  expect(readNumbers('MSKU6O11673')).toMatchObject({ containers: [], corrected: [], mistyped: ['MSKU6O11673'] })
})

test.each([
  ['1672', '1672'],
  ['…11672?', '11672'],
  ['контейнер № 6011672', '6011672'],
  ['номер на 1672', '1672'],
  ['container ending in 1672', '1672'],
  ['672', undefined],
  ['60116723', undefined],
  ['1672 и 1673', undefined],
  ['заказ 1672', undefined],
])('the last digits in %j are %s', (text, digits) => {
  expect(readTail(text)).toBe(digits)
})

test('one line asks for whatever it names', () => {
  expect(readNumbers('MSKU6011672, 52275476, ЭФ038927 и k25 073')).toMatchObject({
    containers: ['MSKU6011672'],
    wagons: ['52275476'],
    waybills: ['ЭФ038927'],
    trains: ['К25-073'],
  })
})
