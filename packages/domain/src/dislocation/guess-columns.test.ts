import { expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { dislocationFields, dislocationHeading } from './dislocation-fields.ts'
import { guessColumns } from './guess-columns.ts'

const columns: readonly (readonly [string | undefined, string | undefined, Cell, Cell])[] = [
  ['№ п/п', undefined, 1, 2],
  ['Конт.', 'container', 'MSKU6011672', 'CSQU3054383'],
  ['Ст. операции', 'operationStation', 'ЧИТА I (940006)', 'УГЛОВАЯ (982206)'],
  ['Вид операции', 'operation', 'Отправление', 'Бросание поезда'],
  ['Когда операция', 'operatedAt', '05.09.2025 01:20', 45_905.5],
  ['Ст. назн.', 'destinationStation', 'СЕЛЯТИНО (181102)', undefined],
  ['Остаток, км', 'kmLeft', '3 330', 120],
  ['№ ваг.', 'wagon', 58_955_428, '52275476'],
  ['ЖД накладная', 'waybill', 'ЭФ038927', 'ЭФ038928'],
  ['Цвет', undefined, 'синий', 'белый'],
]
const labels = columns.map(([label]) => label)
const rows = [columns.map(([, , cell]) => cell), columns.map(([, , , cell]) => cell), []]
const fields = (guesses: ReturnType<typeof guessColumns>) => guesses.map(({ field }) => field)

test('guesses an unknown layout by its headings and its values', () => {
  expect(fields(guessColumns(labels, rows))).toEqual(columns.map(([, field]) => field))
})

test('scores between 0 and 1, and 0 where it guesses nothing', () => {
  for (const { field, score } of guessColumns(labels, rows)) {
    expect(score).toBeGreaterThanOrEqual(field ? 0.4 : 0)
    expect(score).toBeLessThanOrEqual(field ? 1 : 0)
  }
})

test('is sure of the headings that are known', () => {
  const known = dislocationFields.map(dislocationHeading)
  expect(guessColumns(known, [])).toEqual(dislocationFields.map((field) => ({ field, score: 1 })))
})

test('guesses by the values alone what they tell, and a required column first', () => {
  const unnamed = [
    ['MSKU6011672', 'ЧИТА I (940006)', 'СЕЛЯТИНО (181102)', '05.09.2025 01:20', '58955428', 'ЭФ038927', 'В пути', 3330],
    ['CSQU3054383', 'ЧИТА I (940006)', 'СЕЛЯТИНО (181102)', '05.09.2025 01:20', '52275476', 'ЭФ038928', 'В пути', 120],
  ]
  expect(fields(guessColumns([], unnamed))).toEqual([
    'container',
    'operationStation',
    'originStation',
    'operatedAt',
    'wagon',
    'waybill',
    undefined,
    undefined,
  ])
})

test.each<[string, Cell, string]>([
  ['a road', 'ЗАБАЙКАЛЬСКАЯ (94)', 'operationRoad'],
  ['the index of a train', '9822+123+1811 УГЛОВАЯ+СЕЛЯТИНО', 'trainIndex'],
  ['an idle time', '0: 15: 18', 'idleMinutes'],
  ['an operation', 'Отправление вагона со станции (2)', 'operation'],
])('knows %s by its look', (_, cell, field) => {
  expect(fields(guessColumns([undefined], [[cell]]))).toEqual([field])
})

test.each<[string, Cell]>([
  ['a container with a wrong check digit', 'MSKU6011673'],
  ['a wagon with a wrong check digit', '58955420'],
  ['a station with a wrong code', 'ЧИТА I (940001)'],
  ['a road that does not exist', 'ЛУННАЯ (99)'],
  ['a name alone', 'ЧИТА'],
])('guesses nothing from %s', (_, cell) => {
  expect(fields(guessColumns([undefined], [[cell]]))).toEqual([undefined])
})

test('of two columns with one heading takes the one with the right values', () => {
  expect(fields(guessColumns(['Вагон', 'Вагон'], [['свой', '58955428']]))).toEqual([undefined, 'wagon'])
  expect(fields(guessColumns(['Признак груж', 'Вес'], [['да', '3 330']]))).toEqual(['loaded', 'weightKg'])
})

test.each([
  ['Ящик', 'Где', 'Когда', 'Откуда', 'Едет в', 'Платформа', 'Ещё км'],
  ['Box', 'Where', 'When', 'From', 'Bound for', 'Wagon', 'Km to go'],
])('understands the words of every day: %s, %s …', (...headings) => {
  const row = ['MSKU6011672', 'ЧИТА I (940006)', '05.09.2025 01:20', 'УГЛОВАЯ (982206)', 'СЕЛЯТИНО (181102)', '', 3330]
  expect(fields(guessColumns(headings, [row]))).toEqual([
    'container',
    'operationStation',
    'operatedAt',
    'originStation',
    'destinationStation',
    'wagon',
    'kmLeft',
  ])
})

test('the words of every day do not outweigh values that say otherwise', () => {
  expect(fields(guessColumns(['Где ящик'], [['ЧИТА I (940006)']]))).toEqual(['operationStation'])
})

test('an operation that nobody has heard of does not speak against its heading', () => {
  expect(fields(guessColumns(['Вид операции'], [['Взвешивание']]))).toEqual(['operation'])
})

test('believes the values rather than a heading that they contradict', () => {
  const guesses = guessColumns(['Расстояние общее', 'Расстояние'], [[58_955_428, 9000]])
  expect(fields(guesses)).toEqual(['wagon', 'kmTotal'])
})
