import type { FoundPosition } from '@atermtrack/data'
import { createDirectory, emptyFilter, type TrainCode } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { groupView } from './group-view.ts'
import { entriesOf, filterOfGroup, isGroup } from './train-groups.ts'

const station = { name: 'УЛАН-УДЭ', code: '935506' }

function aFound(container: string, fields: Partial<FoundPosition> = {}, status = 'abandoned'): FoundPosition {
  const facts = {
    status,
    isOver: false,
    arrival: { kind: 'unknown' },
    norm: { kind: 'late', days: 1, dueAt: new Date(), isFinal: false },
    idleness: { kind: 'standing', minutes: 3 * 1440 + 17 * 60 },
    operationMinutes: 0,
    progress: undefined,
  } as unknown as FoundPosition['facts']
  return {
    container,
    station,
    trainNumber: '1318',
    trainIndex: null,
    operation: '',
    zone: 'Europe/Moscow',
    facts,
    ...fields,
  } as FoundPosition
}

const many = ['A', 'B', 'C', 'D'].map((container) => aFound(container))
const settings = { standingAfterMinutes: 1440, staleAfterMinutes: 360, sourceZone: 'Europe/Moscow', freeDays: [] }

test('containers of one train in one place and state are one line, others keep their own', () => {
  const alone = [aFound('E', { trainNumber: null }), aFound('F', {}, 'standing'), aFound('G', { trainNumber: '0' })]
  const [first, ...rest] = entriesOf([many[0]!, alone[0]!, ...many.slice(1), ...alone.slice(1)], emptyFilter)
  expect(first).toMatchObject({ train: '1318', positions: many })
  expect(rest).toEqual(alone)
  expect(entriesOf(many.slice(0, 2), emptyFilter)).toEqual(many.slice(0, 2))
  expect(entriesOf(many, { railTrain: '1318' as never })).toEqual(many)
})

test('the line names the train, its codes, the place, the state and for how long', () => {
  const [group] = entriesOf(many, emptyFilter)
  if (!group || !isGroup(group)) throw new Error('no group')
  const codes = new Map([
    ['A', 'К26-145' as TrainCode],
    ['B', 'К26-144' as TrainCode],
    ['C', 'К26-144' as TrainCode],
  ])
  expect(groupView(group, codes, { language: 'ru', now: new Date(), settings })).toBe(
    '🚂 <b>Поезд 1318</b> (К26-144, К26-145): 4 контейнера, Улан-Удэ, 🛑 брошен, простой 3 сут 17 ч, опаздывают 4',
  )
  expect(groupView(group, new Map(), { language: 'en', now: new Date(), settings })).toContain(
    '<b>Train 1318</b>: 4 containers',
  )
})

test('its button asks for the containers of the train at that place', () => {
  const [group] = entriesOf(many, emptyFilter)
  if (!group || !isGroup(group)) throw new Error('no group')
  const directory = createDirectory([{ id: 7, ...station, roadName: undefined, roadCode: undefined }])
  expect(filterOfGroup(group, { ...emptyFilter, loaded: true }, directory)).toMatchObject({
    railTrain: '1318',
    states: ['abandoned'],
    loaded: true,
    places: [{ role: 'now', places: [{ name: 'УЛАН-УДЭ' }] }],
  })
})
