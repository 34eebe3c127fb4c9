import { expect, test } from 'vitest'
import { aPosition } from '../../../testing/a-position.ts'
import { type OnRoute, progressBar, routeStrip } from './route.ts'

const origin = { name: 'ВЛАДИВОСТОК', code: '980003' }
const destination = { name: 'СЕЛЯТИНО', code: '181102' }

test.each<[string, Partial<OnRoute>, string]>([
  ['on its way', { passed: [] }, '● Владивосток ─ ◉ <b>Чита I</b> ─ 6 120 км ─ ○ Селятино'],
  [
    'beyond two stations',
    { passed: ['БЕЛОГОРСК', 'ХАБАРОВСК II'] },
    '● Владивосток ─ ● Хабаровск II ─ ● Белогорск ─ ◉ <b>Чита I</b> ─ 6 120 км ─ ○ Селятино',
  ],
  [
    'beyond more stations than fit in',
    { passed: ['СКОВОРОДИНО', 'БЕЛОГОРСК', 'ХАБАРОВСК II'] },
    '● Владивосток ─ … ─ ● Белогорск ─ ● Сковородино ─ ◉ <b>Чита I</b> ─ 6 120 км ─ ○ Селятино',
  ],
  ['at the origin', { station: origin, kmLeft: 9_200 }, '◉ <b>Владивосток</b> ─ 9 200 км ─ ○ Селятино'],
  ['at the destination', { station: destination, kmLeft: 0 }, '● Владивосток ─ ◉ <b>Селятино</b>'],
  ['at an unknown distance', { kmLeft: null }, '● Владивосток ─ ◉ <b>Чита I</b> ─ ○ Селятино'],
  [
    'from and to nobody knows where',
    { origin: undefined, destination: undefined, kmLeft: null },
    '◉ <b>Чита I</b> ─ ○ неизвестно',
  ],
  [
    'with names that hold tags',
    { station: { name: 'A<B', code: null }, kmLeft: null },
    '● Владивосток ─ ◉ <b>A&lt;B</b> ─ ○ Селятино',
  ],
])('the strip of a container %s', (_, fields, expected) => {
  expect(routeStrip({ ...aPosition(), ...fields }, 'ru').replaceAll('\u00A0', ' ')).toBe(expected)
})

test('a strip breaks between its points only', () => {
  expect(routeStrip(aPosition({ kmLeft: null }), 'ru').split(' ')).toEqual([
    '●\u00A0Владивосток',
    '─',
    '◉\u00A0<b>Чита\u00A0I</b>',
    '─',
    '○\u00A0Селятино',
  ])
})

test.each([
  [0, '░░░░░░░░░░ 0 %'],
  [33, '▓▓▓░░░░░░░ 33 %'],
  [100, '▓▓▓▓▓▓▓▓▓▓ 100 %'],
])('a bar of %d percent', (percent, bar) => {
  expect(progressBar(percent)).toBe(bar)
})
