import { createDirectory, type Filter, readFilter } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { decodeFilter, encodeFilter, fitFilter } from './filter-code.ts'

const directory = createDirectory(
  ['ЧИТА I', 'ЧИТА II', 'СЕЛЯТИНО', 'УГЛОВАЯ', 'Чита III', 'Чита IV', 'Чита V'].map((name, index) => ({
    id: 46_000 + index,
    name,
    code: String(940_006 + index),
    roadName: 'ЗАБАЙКАЛЬСКАЯ',
    roadCode: '94',
  })),
)

function filterOf(text: string): Filter {
  const reading = readFilter(text, { directory, today: '2026-11-22' })
  if (!reading) throw new Error(`not understood: ${text}`)
  return reading.filter
}

test.each([
  'что стоит на Забайкальской',
  'что придёт завтра в Селятино',
  'стоит больше 3 суток',
  'сколько из К25-103 брошено',
  'из Угловой в Селятино ближе 500 км',
  'дальше 500 км',
  'Чита',
  'прибыли, выгружены, пропали, в пути, брошены, на станции отправления, на станции назначения, стоят',
  'идёт в Селятино',
  'К05-001 на станции Чита I',
  'кто опаздывает в Селятино',
  'просрочка больше 2 суток',
  'ожидается опоздание',
  'прибыли в срок',
  'что ушло вчера с Угловой',
  'отправились 20.11',
  'прошло Читу',
  'порожние 20-футовые в пути',
  'гружёные 40 футов до Селятино',
  'сколько всего',
  'поезд 1318 брошен',
  '9822+5+0181 на Чите I',
  'прошло Читу вчера',
  'сколько до Селятино',
])('a button carries %s', (text) => {
  const filter = fitFilter(filterOf(text))
  expect(decodeFilter(encodeFilter(filter), directory)).toEqual(filter)
})

test('any filter fits into a button', () => {
  const text =
    'К25-103 К25-104 К25-105 брошены больше 30 суток из Читы в Читу на Чите 25.11-27.11 ближе 5000 км, опаздывают больше 90 суток'
  const code = encodeFilter(fitFilter(filterOf(text)))
  expect(Buffer.byteLength(`v1:find-now:${code}:499`)).toBeLessThanOrEqual(64)
  expect(decodeFilter(code, directory)).toEqual(fitFilter(filterOf(text)))
})

test.each([
  '',
  'x',
  'Nszzzz',
  'Ns1--',
  'N',
  'constructor',
  'Q1'.repeat(20),
  'Sq',
  'Azzzzzzzzz',
  'A---000',
  'I-',
  'Izzzzz',
  'Tzzzzzzzz',
  'P0',
  'Pq1',
  'Pl',
  'F30',
  'E2',
  'G000',
  `N${[...directory.places.keys()].join('-')}-szzz`,
])('%j is no filter', (code) => {
  expect(decodeFilter(code, directory)).toBeUndefined()
})
