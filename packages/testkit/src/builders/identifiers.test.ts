import { hasValidCheckDigit, isValidWagonNumber, parseContainerNumber, parseWagonNumber } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { containerNumber, wagonNumber, waybillNumber } from './identifiers.ts'

const indexes = Array.from({ length: 5_000 }, (_, index) => index)

test('container numbers are valid and distinct', () => {
  const numbers = indexes.map(containerNumber)
  expect(numbers.filter((number) => !hasValidCheckDigit(parseContainerNumber(number)!))).toEqual([])
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('wagon numbers are valid and distinct', () => {
  const numbers = indexes.map(wagonNumber)
  expect(numbers.filter((number) => !isValidWagonNumber(parseWagonNumber(number)!))).toEqual([])
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('waybill numbers are distinct', () => {
  expect(waybillNumber(0)).toBe('ЭФ038927')
  expect(new Set(indexes.map(waybillNumber)).size).toBe(indexes.length)
})
