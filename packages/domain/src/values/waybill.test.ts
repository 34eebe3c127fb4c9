import { expect, test } from 'vitest'
import { parseWaybill } from './waybill.ts'

test.each([
  ['ЭФ038927', 'ЭФ038927'],
  ['эф 038927', 'ЭФ038927'],
  ['№ ЭA-038927', 'ЭА038927'],
  ['ЭФ38927', undefined],
  ['28038927', undefined],
])('reads %j as %j', (text, waybill) => {
  expect(parseWaybill(text)).toBe(waybill)
})
