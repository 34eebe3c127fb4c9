import { expect, test } from 'vitest'
import { hasRelativeColumn, shiftReferences } from './shift-references.ts'

const shift = { first: 2, count: 5 }

test.each([
  ['C2', 'H2'],
  ['$C$2:$D$9', '$H$2:$I$9'],
  ['A2:D9', 'A2:I9'],
  ['COUNTIF(C:C,C2)=1', 'COUNTIF(H:H,H2)=1'],
  ['AND($A2="C2",c2>B2)', 'AND($A2="C2",H2>B2)'],
  ['LOG10(C2)', 'LOG10(H2)'],
  ['Лист2!$C$1:$C$9', 'Лист2!$C$1:$C$9'],
  ["'Мой лист'!C1+C1", "'Мой лист'!C1+H1"],
  ['Т[C2]&C2', 'Т[C2]&H2'],
  ['C2_name+RATE2.C2', 'C2_name+RATE2.C2'],
  ['XFD1', 'XFD1'],
  ['"да,нет"', '"да,нет"'],
  ['"он сказал ""C2"""', '"он сказал ""C2"""'],
])('%s becomes %s', (formula, shifted) => {
  expect(shiftReferences(formula, shift)).toBe(shifted)
})

test.each([
  ['$A$1:$A$9', false],
  ['$A2=""', false],
  ['A2=""', true],
  ['$A$1:A$9', true],
  ['Лист2!A1', false],
  ['"A2"', false],
])('%s refers to a column that is not fixed: %s', (formula, isRelative) => {
  expect(hasRelativeColumn(formula)).toBe(isRelative)
})
