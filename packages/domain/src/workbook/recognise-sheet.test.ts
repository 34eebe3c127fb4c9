import { expect, test } from 'vitest'
import type { Cell } from '../cells/cell.ts'
import { recogniseSheet, type SheetKind } from './recognise-sheet.ts'

const terminal = [
  '№',
  'Терминал',
  'Зона',
  'Контейнер',
  'ИНН',
  'Клиент',
  'Сток',
  'Направление',
  'Номер вагона',
  'Прибыл',
]
const dislocation = ['Номер контейнера', 'Станция операции', 'Операция', 'Дата и время операции', 'Номер вагона']

test.each<[string, SheetKind | undefined, Cell[][]]>([
  ['a terminal report', 'terminal_report', [terminal]],
  ['a terminal dump', 'terminal_report', [['Выгрузка'], terminal.map((label) => label.replace('Прибыл', 'Принят'))]],
  ['a terminal report that lost a column', 'terminal_report', [terminal.filter((label) => label !== 'Зона')]],
  ['a terminal report of an unknown layout', undefined, [['Терминал', 'Контейнер', 'Прибыл', 'Куда']]],
  ['a dislocation', 'dislocation', [['Отчёт слежения'], [], dislocation]],
  ['a roster', 'train_roster', [['Поезд К25-073'], [undefined, '№', '№ контейнера', 'Тип', 'Клиент']]],
  ['an English roster', 'train_roster', [['Container No.', 'Weight', 'Client']]],
  ['a roster of two columns', undefined, [['Контейнер', 'Клиент']]],
  ['a dislocation of an unknown layout', undefined, [['Номер контейнера', 'Последняя операция', 'Где', 'Когда']]],
  ['a list of goods', undefined, [['Товар', 'Кол-во', 'Контейнерная отгрузка']]],
  ['nothing', undefined, []],
])('recognises %s as %s', (_, kind, rows) => {
  expect(recogniseSheet(rows)).toBe(kind)
})
