import { expect, test } from 'vitest'
import { aPosition } from '../../../testing/a-position.ts'
import { type OnRoute, progressBar, routeStrip } from './route.ts'

const origin = { name: 'ВЛАДИВОСТОК', code: '980003' }
const destination = { name: 'СЕЛЯТИНО', code: '181102' }

test.each<[string, Partial<OnRoute>, string]>([
  ['on its way', { passed: [] }, '● ВЛАДИВОСТОК ─ ◉ <b>ЧИТА I</b> ─ 6 120 км ─ ○ СЕЛЯТИНО'],
  [
    'beyond two stations',
    { passed: ['БЕЛОГОРСК', 'ХАБАРОВСК II'] },
    '● ВЛАДИВОСТОК ─ ● ХАБАРОВСК II ─ ● БЕЛОГОРСК ─ ◉ <b>ЧИТА I</b> ─ 6 120 км ─ ○ СЕЛЯТИНО',
  ],
  [
    'beyond more stations than fit in',
    { passed: ['СКОВОРОДИНО', 'БЕЛОГОРСК', 'ХАБАРОВСК II'] },
    '● ВЛАДИВОСТОК ─ … ─ ● БЕЛОГОРСК ─ ● СКОВОРОДИНО ─ ◉ <b>ЧИТА I</b> ─ 6 120 км ─ ○ СЕЛЯТИНО',
  ],
  ['at the origin', { station: origin, kmLeft: 9_200 }, '◉ <b>ВЛАДИВОСТОК</b> ─ 9 200 км ─ ○ СЕЛЯТИНО'],
  ['at the destination', { station: destination, kmLeft: 0 }, '● ВЛАДИВОСТОК ─ ◉ <b>СЕЛЯТИНО</b>'],
  ['at an unknown distance', { kmLeft: null }, '● ВЛАДИВОСТОК ─ ◉ <b>ЧИТА I</b> ─ ○ СЕЛЯТИНО'],
  [
    'from and to nobody knows where',
    { origin: undefined, destination: undefined, kmLeft: null },
    '◉ <b>ЧИТА I</b> ─ ○ неизвестно',
  ],
  [
    'with names that hold tags',
    { station: { name: 'A<B', code: null }, kmLeft: null },
    '● ВЛАДИВОСТОК ─ ◉ <b>A&lt;B</b> ─ ○ СЕЛЯТИНО',
  ],
])('the strip of a container %s', (_, fields, expected) => {
  expect(routeStrip({ ...aPosition(), ...fields }, 'ru').replaceAll('\u00A0', ' ')).toBe(expected)
})

test('a strip breaks between its points only', () => {
  expect(routeStrip(aPosition({ kmLeft: null }), 'ru').split(' ')).toEqual([
    '●\u00A0ВЛАДИВОСТОК',
    '─',
    '◉\u00A0<b>ЧИТА\u00A0I</b>',
    '─',
    '○\u00A0СЕЛЯТИНО',
  ])
})

test.each([
  [0, '░░░░░░░░░░ 0 %'],
  [33, '▓▓▓░░░░░░░ 33 %'],
  [100, '▓▓▓▓▓▓▓▓▓▓ 100 %'],
])('a bar of %d percent', (percent, bar) => {
  expect(progressBar(percent)).toBe(bar)
})
