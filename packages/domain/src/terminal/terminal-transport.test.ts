import { expect, test } from 'vitest'
import { terminalTransport } from './terminal-transport.ts'

const driver = 'Водителев В.В.'

test.each([
  ['Платформа фитинговая', '99215089', 'Селятино', { kind: 'rail', wagon: '99215089', station: 'Селятино' }],
  ['Полувагон', '5895 5428', null, { kind: 'rail', wagon: '58955428', station: undefined }],
  ['ЖД', null, 'Чемской', { kind: 'rail', wagon: undefined, station: 'Чемской' }],
  [null, '58955428', 'Селятино', { kind: 'rail', wagon: '58955428', station: 'Селятино' }],
  ['Автотягач', 'А582ВС25', driver, { kind: 'truck' }],
  // A trailer can have a number like that of a wagon: the name decides.
  ['Автотягач', '58955428', driver, { kind: 'truck' }],
  ['Автоплатформа', 'А582ВС25', driver, { kind: 'truck' }],
  [null, 'А582ВС25', driver, undefined],
  ['Паром', '58955428', driver, undefined],
  [null, null, driver, undefined],
] as const)('%s, %s, %s: %j', (transport, vehicle, place, expected) => {
  expect(terminalTransport({ transport, vehicle, place })).toEqual(expected)
})
