import { tokensOf } from '@atermtrack/workbook-reader/package'
import { defaultReadingLimits } from '@atermtrack/workbook-reader'
import { describe, expect, test } from 'vitest'
import { nameOfMark } from '../../plan/column-marks.ts'
import { aPackage, columns, sheetXml, workbookXml } from '../../packages.test-helper.ts'
import { type MarkedSheet, readMarks, withMarks } from './column-names.ts'

const [state, kmLeft] = columns.map((column) => nameOfMark(column))
const sheets = '<sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets>'

/** The marks of a workbook whose part has these names, as `sheet: column key`. */
async function marksOf(names: string): Promise<readonly string[]> {
  const workbook = workbookXml().replace('</sheets>', `</sheets><definedNames>${names}</definedNames>`)
  const marks = await readMarks(await aPackage({ sheet: sheetXml(''), workbook }), defaultReadingLimits)
  return [...marks].flatMap(([sheet, list]) => list.map(({ column, key }) => `${sheet}: ${column} ${key}`))
}

describe('marks are read', () => {
  test.each([
    ['a whole column', 'Лист1!$C:$C', ['Лист1: 2 state']],
    ['a whole column as other programs write it', "'Лист1'!$C$1:$C$1048576", ['Лист1: 2 state']],
    ['a quoted sheet', "'Лист ''1'' &amp; ещё'!$AA:$AA", ["Лист '1' & ещё: 26 state"]],
    ['a single cell', 'Лист1!C4', ['Лист1: 2 state']],
    ['a column that was taken out', 'Лист1!#REF!', []],
    ['no range', '1+1', []],
  ])('from %s', async (_, range, expected) => {
    expect(await marksOf(`<definedName name="${state}" hidden="1">${range}</definedName>`)).toEqual(expected)
  })

  test('but not from the names of people', async () => {
    expect(await marksOf('<definedName name="atermtrack_list">Лист1!$C:$C</definedName>')).toEqual([])
  })
})

describe('marks are written', () => {
  const marked: MarkedSheet = { index: 0, name: 'Лист1', columns: [{ ...columns[0]!, column: 2, index: 0 }] }
  const bytes = (text: string) => Buffer.from(text).toString('latin1')
  const name = bytes(`<definedName name="${state}" localSheetId="0" hidden="1">'Лист1'!$C:$C</definedName>`)
  const theirs = '<definedName name="x">1</definedName>'

  test.each([
    ['into a part without names', '', `<definedNames>${name}</definedNames>`],
    ['into an empty list', '<definedNames/>', `<definedNames>${name}</definedNames>`],
    [
      'behind the names of people',
      `<definedNames>${theirs}</definedNames>`,
      `<definedNames>${theirs}${name}</definedNames>`,
    ],
    [
      'in the place of earlier ones',
      bytes(`<definedNames><definedName name="${kmLeft}">Лист1!$D:$D</definedName>${theirs}</definedNames>`),
      `<definedNames>${theirs}${name}</definedNames>`,
    ],
    [
      'in the place of those whose column is gone',
      `<definedNames><definedName name="${kmLeft}">#REF!</definedName></definedNames>`,
      `<definedNames>${name}</definedNames>`,
    ],
    [
      'beside those of another sheet',
      `<definedNames><definedName name="${kmLeft}">x!$D:$D</definedName></definedNames>`,
      `<definedNames><definedName name="${kmLeft}">x!$D:$D</definedName>${name}</definedNames>`,
    ],
  ])('%s', (_, names, expected) => {
    const part = (list: string) => `<workbook>${bytes(sheets)}${list}<calcPr/></workbook>`
    expect(withMarks(tokensOf(part(names)), [marked])).toBe(part(expected))
  })

  test('behind references to other workbooks', () => {
    const part = '<workbook><sheets/><externalReferences><a/></externalReferences><calcPr/></workbook>'
    expect(withMarks(tokensOf(part), [marked])).toContain(`</externalReferences><definedNames>${name}`)
  })
})
