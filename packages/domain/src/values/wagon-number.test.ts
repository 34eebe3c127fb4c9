import { expect, test } from 'vitest'
import { isValidWagonNumber, parseWagonNumber, wagonType } from './wagon-number.ts'

test.each([
  ['52275476', '52275476'],
  ['5227 5476.0', '52275476'],
  ['5227547', undefined],
  ['5227547A', undefined],
])('reads %j as %j', (text, number) => {
  expect(parseWagonNumber(text)).toBe(number)
})

test.each([
  ['52275476', true],
  ['50447762', true],
  ['58955428', true],
  ['58955429', false],
])('the check digit of %s is right: %j', (text, valid) => {
  expect(isValidWagonNumber(parseWagonNumber(text)!)).toBe(valid)
})

test.each([
  ['62068994', 'gondola'],
  ['96410295', 'platform'],
  ['52275476', undefined],
])('the type of %s is %j', (text, type) => {
  expect(wagonType(parseWagonNumber(text)!)).toBe(type)
})
