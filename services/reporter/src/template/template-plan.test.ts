import { describe, expect, test } from 'vitest'
import type { NumberSheet } from '../annotate/plan/plan.ts'
import { planTemplate } from './template-plan.ts'

const [one, two, three] = ['MSKU6011672', 'CSQU3054383', 'TKRU8864591']
const options = { language: 'ru', zone: 'Europe/Moscow', now: new Date('2026-11-22T06:00:00Z') } as const
const known = { rows: new Map(), links: new Map() }

function aSheet(index: number, ...texts: readonly string[]): NumberSheet {
  const cells = texts.map((text, n) => ({ rowNumber: n + 2, text, isMistyped: false }))
  return { index, name: `Лист${index}`, column: 0, headerRow: 1, own: undefined, cells }
}

function planned(sheets: readonly NumberSheet[], ...containers: readonly string[]) {
  const plan = planTemplate(sheets, { containers, known }, options)
  return plan.sheets.map(({ index, rows, appended }) => ({
    index,
    rows: rows.map(([row]) => row),
    ...(appended && { modelRow: appended.modelRow, appended: appended.rows.map(({ text }) => text) }),
  }))
}

describe("a person's own workbook", () => {
  test('gets statuses in the rows of the report alone, and the numbers that no sheet has below', () => {
    expect(planned([aSheet(0, one, three), aSheet(1, two)], one, two)).toEqual([
      { index: 0, rows: [2] },
      { index: 1, rows: [2] },
    ])
    expect(planned([aSheet(0, three), aSheet(1, three)], two, one, two)).toEqual([
      { index: 0, rows: [], modelRow: 2, appended: [two, one] },
    ])
  })

  test('gets them in the first table that is still empty, where no sheet has numbers', () => {
    expect(planned([aSheet(0), aSheet(1, three)], one)).toEqual([{ index: 1, rows: [], modelRow: 2, appended: [one] }])
    expect(planned([aSheet(2), aSheet(3)], one)).toEqual([{ index: 2, rows: [], modelRow: 2, appended: [one] }])
  })

  test('stays as it is for a report that says nothing of it', () => {
    expect(planned([aSheet(0, three)])).toEqual([])
  })

  test('says of each appended number what is known of it', () => {
    const { sheets } = planTemplate([aSheet(0)], { containers: [one], known }, options)
    expect(sheets[0]?.appended?.rows).toEqual([{ text: one, note: { values: ['не найден'], shade: 'unknown' } }])
  })
})
