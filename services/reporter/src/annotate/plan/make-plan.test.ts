import type { ContainerLinks } from '@atermtrack/data'
import type { ContainerNumber, WallTime } from '@atermtrack/domain'
import { describe, expect, test } from 'vitest'
import { makePlan } from './make-plan.ts'
import type { NumberPlace, NumberSheet } from './plan.ts'
import { summarise } from '../summary.ts'

const [known, other, wrong] = ['MSKU6011672', 'CSQU3054383', 'MSKU6011673']
const options = { language: 'ru', zone: 'Europe/Moscow', now: new Date('2026-11-22T06:00:00Z') } as const

function aSheet(...texts: readonly string[]): NumberSheet {
  const cells: NumberPlace[] = texts.map((text, n) => ({
    rowNumber: n + 2,
    text,
    isMistyped: !/^[A-Z]{4}\d{7}$/.test(text),
  }))
  return { index: 0, name: 'Лист1', column: 0, headerRow: 1, own: undefined, cells }
}

function linked(container: string, links: Partial<ContainerLinks>): ReadonlyMap<string, ContainerLinks> {
  return new Map([[container, { container, stay: undefined, train: undefined, ...links }]])
}

const nothing = { rows: new Map(), links: new Map(), suggestions: new Map() }

describe('the note beside a number', () => {
  test('is the same wherever the number stands', () => {
    const plan = makePlan([aSheet(known, other, known), aSheet(known)], nothing, options)
    expect(plan.sheets.map(({ rows }) => rows)).toEqual([
      [
        [2, 0],
        [3, 1],
        [4, 0],
      ],
      [[2, 0]],
    ])
  })

  test('distinguishes an unknown number from an impossible one', () => {
    const { notes } = makePlan([aSheet(known, wrong, 'MSKU601167')], nothing, options)
    expect(notes).toEqual([
      { values: ['не найден'], shade: 'unknown' },
      { values: ['не найден: контрольная цифра не сходится'], shade: 'mistyped' },
      { values: ['опечатка в номере'], shade: 'mistyped' },
    ])
  })

  test('names what was likely meant', () => {
    const suggestions = new Map([['MSKU601167', [known as ContainerNumber]]])
    const { notes } = makePlan([aSheet('MSKU601167')], { ...nothing, suggestions }, options)
    expect(notes[0]?.values).toEqual(['опечатка в номере; возможно, MSKU6011672'])
  })

  test('is a stay at a terminal where the railway knows nothing', () => {
    const stay = {
      terminal: 'Восток',
      direction: null,
      stock: null,
      size: null,
      isLoaded: null,
      isAtCustoms: null,
      isDamaged: null,
      arrivedAt: new Date('2026-11-20T00:00:00Z'),
      arrivedWall: '2026-11-20T10:00:00' as WallTime,
      reportedAt: new Date('2026-11-22T05:00:00Z'),
      asOf: new Date('2026-11-22T05:00:00Z'),
      zone: 'Asia/Vladivostok',
    }
    const { notes, columns } = makePlan([aSheet(known)], { ...nothing, links: linked(known, { stay }) }, options)
    const shown = new Map(columns.map(({ header }, n) => [header, notes[0]?.values[n]]))
    expect(notes[0]?.shade).toBeUndefined()
    expect([...shown].filter(([, value]) => value !== undefined)).toEqual([
      ['Статус', 'на терминале'],
      ['Терминал', 'Восток, с 20.11.2026'],
      ['Данные на (МСК)', '2026-11-22T08:00:00'],
    ])
  })

  test('is a departure from a terminal where the railway has not reported the container since', () => {
    const departure = {
      terminal: 'Восток',
      direction: null,
      stock: null,
      arrivedWall: '2026-11-18T10:00:00' as WallTime,
      leftWall: '2026-11-20T10:00:00' as WallTime,
      by: { kind: 'truck' } as const,
      asOf: new Date('2026-11-22T05:00:00Z'),
      zone: 'Asia/Vladivostok',
    }
    const { notes } = makePlan([aSheet(known)], { ...nothing, links: linked(known, { departure }) }, options)
    expect(notes[0]?.shade).toBeUndefined()
    expect(notes[0]?.values.filter((value) => value !== undefined)).toEqual([
      'ушёл с терминала',
      'Восток, ушёл 20.11.2026',
      '2026-11-22T08:00:00',
    ])
  })

  test('is the list of a train where nothing else is known', () => {
    const train = { code: 'К25-073', destination: null, sentAt: new Date('2026-11-20T00:00:00Z'), waybill: null }
    const { notes } = makePlan([aSheet(known)], { ...nothing, links: linked(known, { train }) }, options)
    expect(notes[0]?.values).toEqual(expect.arrayContaining(['в списке поезда К25-073', 'К25-073']))
  })
})

test('each number is counted once, whatever it is', () => {
  const sheets = [aSheet(known, known, other), aSheet(other, 'MSKU601167')]
  const train = { code: 'К25-073', destination: null, sentAt: new Date('2026-11-20T00:00:00Z'), waybill: null }
  const found = { ...nothing, links: linked(known, { train }) }
  const summary = summarise(sheets, found)
  expect(summary).toMatchObject({ found: 1, unknown: [other], mistyped: ['MSKU601167'], asOf: undefined })
})
