import fc from 'fast-check'
import { expect, test } from 'vitest'
import { containerCheckDigit, hasValidCheckDigit, parseContainerNumber } from './container-number.ts'

test.each([
  ['CSQU3054383', 'CSQU3054383'],
  ['  csqu 305438-3 ', 'CSQU3054383'],
  ['CSQU\u00a0305438\u20113', 'CSQU3054383'],
  ['\ufeffCSQU3054383', 'CSQU3054383'],
  ['ТКRU8864591', 'TKRU8864591'],
  ['тemu2650058', 'TEMU2650058'],
  ['MSKU6011670', 'MSKU6011670'],
])('reads %j as %s', (text, number) => {
  expect(parseContainerNumber(text)).toBe(number)
})

test.each(['', 'MSKU601167', 'MSKU60116722', 'MSKX6011672', 'MSKU60116O2', '60116728', `MSKU601167${' '.repeat(60)}2`])(
  'does not take %j for a container number',
  (text) => {
    expect(parseContainerNumber(text)).toBeUndefined()
  },
)

test.each(['MSKU6011672', 'CSQU3054383', 'TKRU8864591', 'FESU9449260', 'CAIU9993380'])('knows %s for valid', (text) => {
  expect(hasValidCheckDigit(parseContainerNumber(text)!)).toBe(true)
})

test('counts a remainder of ten as zero', () => {
  expect(containerCheckDigit('CAIU999338')).toBe(0)
})

test('notices every single wrong digit', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Z]{3}[UJZ]\d{6}$/),
      fc.integer({ min: 4, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (first10, place, shift) => {
        const digit = (Number(first10.charAt(place)) + shift) % 10
        const changed = `${first10.slice(0, place)}${digit}${first10.slice(place + 1)}`
        const full = parseContainerNumber(`${changed}${containerCheckDigit(first10)}`)!
        // The two remainders 0 and 10 share the digit 0, which is the only hole of the scheme.
        expect(hasValidCheckDigit(full)).toBe(containerCheckDigit(changed) === containerCheckDigit(first10))
        expect(hasValidCheckDigit(parseContainerNumber(`${first10}${containerCheckDigit(first10)}`)!)).toBe(true)
      },
    ),
  )
})

test('what it accepts it accepts again unchanged, and nothing makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[а-яa-zA-Z]{3}[UJZujz][ -]?\d{7}$/)),
      (text) => {
        const number = parseContainerNumber(text)
        expect(number && parseContainerNumber(number)).toBe(number)
      },
    ),
  )
})
