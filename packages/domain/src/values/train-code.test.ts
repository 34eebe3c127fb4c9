import { expect, test } from 'vitest'
import { findTrainCodes, parseTrainCode } from './train-code.ts'

test.each(['К25-073', 'K25-073', 'к25 073', 'К25—073', 'k25073', ' К 25-073 ', 'К25_073', 'К-25-073', 'К25/073'])(
  'reads %j',
  (text) => {
    expect(parseTrainCode(text)).toBe('К25-073')
  },
)

test.each(['К25-73', 'КК25-073', 'К25-0731', '25-073', ''])('does not read %j', (text) => {
  expect(parseTrainCode(text)).toBeUndefined()
})

test.each([
  ['КП К25-101 Селятино.xlsx', ['К25-101']],
  ['КП_K25-101_Селятино.xlsx', ['К25-101']],
  ['поезда К25-073, к25073 и (K25-074)', ['К25-073', 'К25-074']],
  ['ПАК25-073 К25-0731 MSKU6011672', []],
  ['где к-25-073, К25/074 и к 25-075?', ['К25-073', 'К25-074', 'К25-075']],
  ['поезд 25-073, состав № 25-074', ['К25-073', 'К25-074']],
  ['ближе к 25 103 км, к 25-103-40, 25-073', []],
])('finds the codes in %j', (text, codes) => {
  expect(findTrainCodes(text)).toEqual(codes)
})
