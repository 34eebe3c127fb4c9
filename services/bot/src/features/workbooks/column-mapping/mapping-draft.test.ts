import { expect, test } from 'vitest'
import { mappingStep } from '../steps.ts'
import { assign, beginDraft, columnsOf, type MappingDraft, missingOf, readDraft, signatureOf } from './mapping-draft.ts'

const head = [
  ['Сводка за день'],
  ['Ящик', 'Станция опер.', 'Вид операции', '', 'Время опер.'],
  ['CSQU3054383', 'Селятино (181102)', 'прибытие', '', '02.09.2025 06:30'],
  ['MSKU6011672', 'Селятино (181102)', 'прибытие', 'х', '02.09.2025 06:40'],
]
const guessed = { container: 0, operationStation: 1, operation: 2, operatedAt: 4 }

test('begins with a guess by headings and values', () => {
  const draft = beginDraft(7, head)
  expect(draft).toEqual({ workbookId: 7, header: 1, columns: guessed, guessed: [0, 1, 2, 4] })
  expect(missingOf(draft)).toEqual([])
  expect(signatureOf(draft, head)).toBe('ящик\nстанция опер\nвид операции\n\nвремя опер')
})

test('begins again with the header that the admin chooses', () => {
  const draft = beginDraft(7, head, 0)
  expect(draft.header).toBe(0)
  expect(signatureOf(draft, head)).toBe('сводка за день')
})

test('a field has one column, and a column has one field', () => {
  const draft = beginDraft(7, head)
  const moved = assign(draft, 3, 'operation')
  expect(moved.columns).toEqual({ ...guessed, operation: 3 })
  expect(assign(moved, 0, 'wagon').columns).toEqual({ operationStation: 1, operation: 3, operatedAt: 4, wagon: 0 })
  expect(missingOf(assign(draft, 0, undefined))).toEqual(['Номер контейнера'])
})

test('what the admin says and what the heading says is no guess', () => {
  const known = [
    ['Номер контейнера', 'Где', 'Вид опер.'],
    ['CSQU3054383', 'Селятино (181102)', 'прибытие'],
  ]
  const isGuess = (draft: MappingDraft) => columnsOf(draft, known).map((column) => column.isGuess)
  const draft = beginDraft(7, known)
  expect(isGuess(draft)).toEqual([false, true, true])
  expect(isGuess(assign(assign(draft, 1, 'operationStation'), 2, undefined))).toEqual([false, false, false])
})

test('goes on with the draft of a release that marked no guesses', () => {
  const state = { kind: mappingStep.step, workbookId: 7, header: 1, columns: guessed }
  expect(readDraft(state, 7)).toEqual({ workbookId: 7, header: 1, columns: guessed, guessed: [] })
})

test('shows columns by their letters with some values, even one without a heading', () => {
  expect(columnsOf(beginDraft(7, head), head).slice(2, 4)).toEqual([
    {
      index: 2,
      letters: 'C',
      heading: 'Вид операции',
      field: 'operation',
      isGuess: true,
      samples: ['прибытие', 'прибытие'],
    },
    { index: 3, letters: 'D', heading: '', field: undefined, isGuess: false, samples: ['х'] },
  ])
})

test('goes on from its stored state, and only for its own workbook', () => {
  const draft = beginDraft(7, head)
  const state: unknown = JSON.parse(JSON.stringify({ kind: mappingStep.step, ...draft }))
  expect(readDraft(state, 7)).toEqual(draft)
  expect(readDraft(state, 8)).toBeUndefined()
  expect(readDraft({ kind: 'email-code' }, 7)).toBeUndefined()
  expect(readDraft(undefined, 7)).toBeUndefined()
})
