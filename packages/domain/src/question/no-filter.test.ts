import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knownStations } from './corpus/known-stations.ts'
import { readFilter, readUnknownPlace } from './read-filter.ts'

const knowledge = { directory: knownStations, today: '2026-11-22' }

describe('no question for containers', () => {
  test.each([
    '',
    'привет',
    'добрый день',
    'спасибо!',
    'до завтра',
    'вчера',
    'увидимся через неделю',
    'за двое суток',
    'прив',
    'идёт',
    'ок, пришли список',
    'сколько стоит?',
    'сколько это стоит',
    'сколько стоит доставка',
    'стоит ли ждать',
    'сегодня хорошая погода',
    'какая отличная находка',
    'вчера в Омске прошёл сильный дождь с градом',
    'новый контейнер',
    'красный цвет',
    'что стоит на Марсе',
    'кто вы',
    'позвоните мне завтра',
    'находчивый',
    'отмена',
    'chat',
    'я приду завтра',
    'где мои контейнеры',
    'что на дороге',
    'на терминале стоит больше 3 суток',
    'ИНН 7700000016',
    'не в Чите',
    'всё кроме Селятино',
    '94',
    '12',
    'how much is the fish',
    'thanks, see you tomorrow',
    'terminal',
  ])('%s', (text) => {
    expect(readFilter(text, knowledge)).toBeUndefined()
  })
})

test.each([
  ['что в Новосибирске?', 'Новосибирске'],
  ['стоит больше 3 суток на Ёлкино', 'Ёлкино'],
  ['сколько на станции Ёлкино', 'Ёлкино'],
  ['станция Канск', 'Канск'],
  ['завтра в Канск', 'Канск'],
  ['что в Чите', undefined],
  ['что в Чите у Иванова', undefined],
  ['в Канске', undefined],
  ['на терминале Канск', undefined],
  ['сколько стоит доставка', undefined],
  ['позвоните мне завтра', undefined],
  ['', undefined],
])('the unknown place in %j is %s', (text, place) => {
  expect(readUnknownPlace(text, knowledge)).toBe(place)
})

test('names the words of which nothing was made', () => {
  expect(readFilter('что у Иванова стоит на Карымской', knowledge)?.unread).toEqual(['иванова'])
})

test('nothing makes it throw, and a long text is none of its business', { timeout: 30_000 }, () => {
  const words = fc.constantFrom(
    'что',
    'в',
    'до',
    'Чите',
    '25.11',
    'по',
    '3',
    'суток',
    'больше',
    'км',
    '>',
    'К25-103',
    'не',
    '94',
    '\u0000',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((all) => all.join(' ')),
  )
  fc.assert(
    fc.property(text, (text) => {
      expect(() => readFilter(text, knowledge)).not.toThrow()
    }),
  )
  expect(readFilter(`что в Чите${' что'.repeat(100)}`, knowledge)).toBeUndefined()
})
