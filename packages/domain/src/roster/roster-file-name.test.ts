import fc from 'fast-check'
import { expect, test } from 'vitest'
import { destinationFromFileName, trainCodeFromFileName } from './roster-file-name.ts'

test.each([
  ['КП К25-073 Селятино.xlsx', 'К25-073', 'Селятино'],
  ['кп k25_073_Селятино_02.09.2025.XLSX', 'К25-073', 'Селятино'],
  ['КП К25073 – Иня-Восточная (2).xls', 'К25-073', 'Иня-Восточная'],
  ['К25-073 Чита I 140 конт.xlsx', 'К25-073', 'Чита I'],
  ['КП К25-073 Селятино - копия.xlsx', 'К25-073', 'Селятино'],
  ['КП К25-073 - копия.xlsx', 'К25-073', undefined],
  ['КП К25-073.xlsx', 'К25-073', undefined],
  ['Селятино.xlsx', undefined, undefined],
])('reads the name %s', (name, code, station) => {
  expect([trainCodeFromFileName(name), destinationFromFileName(name)]).toEqual([code, station])
})

test('does not choose between two trains of a name', () => {
  expect(trainCodeFromFileName('К25-073 вместо К25-072.xlsx')).toBeUndefined()
})

test('nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(destinationFromFileName(`К25-073 ${name}`)).not.toBe('')
    }),
  )
})
