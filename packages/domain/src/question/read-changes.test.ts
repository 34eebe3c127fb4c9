import { expect, test } from 'vitest'
import { createDirectory } from './directory.ts'
import { readChanges } from './read-changes.ts'

const directory = createDirectory([
  { id: 1, name: 'СЕЛЯТИНО', code: '181102', roadName: 'МОСКОВСКАЯ', roadCode: '17' },
  { id: 2, name: 'ЧИТА I', code: '940006', roadName: 'ЗАБАЙКАЛЬСКАЯ', roadCode: '94' },
])

function read(text: string) {
  const reading = readChanges(text, { directory, today: '2025-09-15' })
  return reading && [reading.since, ...reading.trains, ...reading.destinations.map(({ name }) => name)].join(' ')
}

test.each([
  ['Что изменилось с утра?', 'morning'],
  ['что нового за сутки', 'day'],
  ['что изменилось', 'day'],
  ['Что поменялось с последнего отчёта', 'report'],
  ['что изменилось за последние 24 часа по К25-073', 'day К25-073'],
  ['изменения с утра в Селятино', 'morning СЕЛЯТИНО'],
  ['изменения по К25-073', 'day К25-073'],
  ["what's changed since this morning?", 'morning'],
  ['what has changed in the last 24 hours', 'day'],
  ['What changed since my last report for Селятино', 'report СЕЛЯТИНО'],
  ['changes since yesterday', 'day'],
  ['что нового на Селятино со вчерашнего дня', 'day СЕЛЯТИНО'],
])('%s', (text, expected) => {
  expect(read(text)).toBe(expected)
})

test.each([
  'что стоит на Забайкальской',
  'изменения',
  'новости',
  'где К25-073',
  'что придёт завтра в Селятино',
  'изменить подписку',
])('«%s» asks for something else', (text) => {
  expect(read(text)).toBeUndefined()
})
