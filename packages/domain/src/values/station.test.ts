import { expect, test } from 'vitest'
import { isValidStationCode, parseRoad, parseStation, roadShortName } from './station.ts'

test.each([
  ['СЕЛЯТИНО (181102)', { name: 'СЕЛЯТИНО', code: '181102' }],
  [' ХАБАРОВСК\u00a0II  (970001) ', { name: 'ХАБАРОВСК II', code: '970001' }],
  ['НАХОДКА-ВОСТОЧНАЯ (ЭКСП.) (984700)', { name: 'НАХОДКА-ВОСТОЧНАЯ (ЭКСП.)', code: '984700' }],
  ['АВТОВО(31809)', { name: 'АВТОВО', code: '031809' }],
  ['Селятино', { name: 'Селятино', code: undefined }],
  ['ЧИТА (I)', { name: 'ЧИТА (I)', code: undefined }],
  ['', undefined],
])('the station %j', (text, station) => {
  expect(parseStation(text)).toEqual(station)
})

test.each([
  ['ЗАБАЙКАЛЬСКАЯ (94)', { name: 'ЗАБАЙКАЛЬСКАЯ', code: '94' }],
  ['ОКТЯБРЬСКАЯ (1)', { name: 'ОКТЯБРЬСКАЯ', code: '01' }],
  ['ВОСТОЧНО-СИБИРСКАЯ', { name: 'ВОСТОЧНО-СИБИРСКАЯ', code: undefined }],
  [' ', undefined],
])('the road %j', (text, road) => {
  expect(parseRoad(text)).toEqual(road)
})

test.each([
  ['237609', true],
  ['984700', true],
  ['230008', true],
  ['181102', true],
  ['181103', false],
  ['18110', false],
])('the check digit of the code %s is right: %j', (code, valid) => {
  expect(isValidStationCode(code)).toBe(valid)
})

test('knows the short names of the roads by their codes', () => {
  expect([roadShortName('01'), roadShortName('96'), roadShortName('99')]).toEqual(['ОКТ', 'Д-ВОСТ', undefined])
})
