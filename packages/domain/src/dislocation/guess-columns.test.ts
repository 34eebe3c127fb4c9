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
  expect(guessColumns(known, [])).toEqual(dislocationFields.map((field) => ({ field, score: 1, isKnown: true })))
})

test('guesses by the values alone what they tell, and a required column first', () => {
  const unnamed = [
    ['MSKU6011672', 'ЧИТА I (940006)', 'СЕЛЯТИНО (181102)', '05.09.2025 01:20', '58955428', 'ЭФ038927', 'В пути', 3330],
    ['CSQU3054383', 'ЧИТА I (940006)', 'СЕЛЯТИНО (181102)', '05.09.2025 01:20', '52275476', 'ЭФ038928', 'В пути', 120],
  ]
  expect(fields(guessColumns([], unnamed))).toEqual([
    'container',
    'operationStation',
    undefined,
    'operatedAt',
    'wagon',
    'waybill',
    undefined,
    undefined,
  ])
})

test.each<[string, Cell, string]>([
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
  ['a road, of which there are six', 'ЗАБАЙКАЛЬСКАЯ (94)'],
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

test('a heading that the values contradict is none, and they do not make it another', () => {
  const guesses = guessColumns(
    ['Расстояние общее', 'Грузополучатель'],
    [
      [58_955_428, 64.5],
      [52_275_476, 68],
    ],
  )
  expect(fields(guesses)).toEqual([undefined, undefined])
})

const days = ['05.09.2025 01:20', '06.09.2025 01:20', '07.09.2025 11:20']
const stations = ['ЧИТА I (940006)', 'УГЛОВАЯ (982206)', 'СЕЛЯТИНО (181102)']
const wagons = ['58955428', 52_275_476, '50447762']
const numbers = [12.5, '24,1', 9]
test.each<[string, readonly Cell[]]>([
  ['Дата примерного прибытия', days],
  ['Дата жд-накл', days],
  ['Отгружен на ЖД', days],
  ['План. дата окончания рейса', days],
  ['Прогноз окончания рейса', days],
  ['ETA', days],
  ['Когда ожидается', days],
  ['Когда будет', days],
  ['Дата прибытия', days],
  ['Дата отправления', days],
  ['Плановый срок доставки', days],
  ['Дата окончания рейса', numbers],
  ['Вес', numbers],
  ['Вес груза', numbers],
  ['Грузоподъёмность вагона', [68, 69.5, 71]],
  ['Грузоподъёмность вагона', ['68 т', '69 т', '71 т']],
  ['Станция передачи', stations],
  ['Станция погрузки', stations],
  ['Простой', numbers],
  ['Груз ГВЦ', ['Мебель', 'Обувь', 'Шины']],
  ['Тип слежения', ['Контейнер', 'Контейнер', 'Вагон']],
  ['Тип', ['20', '40', '45']],
  ['Номер предыдущего вагона', wagons],
  ['Код плательщика', ['00000000', '00000000', '00000000']],
  ['', ['00000000', '00000000', '00000000']],
  ['', ['58955428', '58955428', '58955428']],
  ['Код груза', ['391723', '420212', '640399']],
  ['Грузоотправитель, ИНН', ['2540012345', '2540012346', '2540012347']],
  ['Остаток дней', [3, 4, 5]],
  ['Кол-во вагонов', [3, 4, 5]],
])('takes %s for none of the fields', (heading, values) => {
  expect(
    fields(
      guessColumns(
        [heading],
        values.map((value) => [value]),
      ),
    ),
  ).toEqual([undefined])
})

test.each<[string, string, readonly Cell[]]>([
  ['Станция последней операции', 'operationStation', stations],
  ['Дата последней операции', 'operatedAt', days],
  ['Дата/время', 'operatedAt', days],
  ['№ конт.', 'container', ['MSKU6011672', 'CSQU3054383']],
  ['Контейнер / вагон', 'container', ['MSKU6011672', 'CSQU3054383']],
  ['№ вагона', 'wagon', ['00000000', '0', '00000000']],
  ['Наим. груза', 'cargo', ['Мебель', 'Обувь', 'Шины']],
  ['Тип конт.', 'containerType', ['20', '40', '45']],
  ['Дата окончания рейса (МСК)', 'tripEndedAt', days],
  ['Вес, т', 'weightKg', numbers],
  ['Вес груза в тоннах', 'weightKg', numbers],
  ['Масса (кг)', 'weightKg', [12_500, 24_100, 0]],
  ['Вес', 'weightKg', [12_500, 24_100, 0]],
  ['Простой, ч', 'idleDays', numbers],
  ['Простой', 'idleMinutes', ['0: 15: 18', '1:02:03']],
  ['Осталось км', 'kmLeft', [3_330, 120]],
  ['Расстояние до станции назначения', 'kmLeft', [3_330, 120]],
  ['Дор. назн.', 'destinationRoad', ['ЗАБАЙКАЛЬСКАЯ (94)', 'Московская']],
  ['Станция операции', 'operationStation', ['ЧИТА', 'УГЛОВАЯ']],
])('takes %s for %s', (heading, field, values) => {
  expect(
    fields(
      guessColumns(
        [heading],
        values.map((value) => [value]),
      ),
    ),
  ).toEqual([field])
})

test('says which headings are known and which are guessed', () => {
  const guesses = guessColumns(['Номер вагона', '№ ваг', 'Ст. назн.'], [])
  expect(guesses.map(({ field, isKnown }) => [field, isKnown])).toEqual([
    ['wagon', true],
    [undefined, false],
    ['destinationStation', false],
  ])
})
