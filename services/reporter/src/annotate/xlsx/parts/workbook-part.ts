import { posix } from 'node:path'
import {
  findWorkbookPath,
  tokensOf,
  writtenAttribute,
  writtenCount,
  type XmlToken,
  type ZipDirectory,
} from '@atermtrack/workbook-reader/package'
import { type AppendedRows, lengthenedOver } from '../appended-rows.ts'
import { type CellRange, formatFixedRange, parseRange, widenedTo } from '../cell-place.ts'
import { NotPatchable } from '../not-patchable.ts'
import type { FreshColumns } from './sheet-drawing.ts'
import { type MarkedSheet, withMarks } from './column-names.ts'
import { readPart, readUtf8Part } from './read-part.ts'
import type { NewPart } from './style-part.ts'

const filterName = '_xlnm._FilterDatabase'
const areaName = '_xlnm.Print_Area'
/** Behind the name of its sheet; some libraries leave out a dollar. */
const fixedRange = /(?<=!)\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?$/

/** The growth of a sheet by its new columns and rows. */
export interface AreaGrowth {
  readonly fresh: FreshColumns | undefined
  readonly appended: AppendedRows | undefined
}

/**
 * The workbook part with the marks of columns, with the hidden names that repeat the filters of sheets as wide as these, and with
 * print areas that go on over the new columns where they covered all columns before, and over appended rows.
 */
export async function changeNames(
  parts: ZipDirectory,
  {
    filters,
    growths,
    marked,
  }: {
    readonly filters: ReadonlyMap<number, CellRange>
    readonly growths: ReadonlyMap<number, AreaGrowth>
    readonly marked: readonly MarkedSheet[]
  },
): Promise<readonly NewPart[]> {
  const path = await findWorkbookPath(parts)
  // Without a filter to widen, a part that takes no marks is no reason to write the workbook again.
  const part = filters.size === 0 ? await readUtf8Part(parts, path) : await readPart(parts, path)
  if (part === undefined) return []
  const tokens = tokensOf(part)
  const renamed = tokens.map((token, index) => {
    const { name, kind, raw: tag } = tokens[index - 1] ?? { name: '', kind: 'other', raw: '' }
    if (name !== 'definedName' || kind !== 'open') return token
    const sheet = writtenCount(tag, 'localSheetId') ?? -1
    const written = writtenAttribute(tag, 'name')
    const range =
      written === filterName
        ? filters.get(sheet)
        : written === areaName
          ? widerArea(token.raw, growths.get(sheet))
          : undefined
    return range ? { ...token, raw: token.raw.replace(fixedRange, () => formatFixedRange(range)) } : token
  })
  return [{ path, xml: withMarks(renamed, marked) }]
}

/** Of several areas, or of one that leaves columns out, only its owner knows what belongs on paper. */
function widerArea(reference: string, growth: AreaGrowth | undefined): CellRange | undefined {
  if (!growth || reference.includes(',')) return undefined
  const { fresh, appended } = growth
  const area = parseRange(fixedRange.exec(reference)?.[0])
  const wide = area && fresh && area.to.column >= fresh.first - 1 ? widenedTo(area, fresh.last) : area
  return wide && lengthenedOver(wide, appended)
}

/**
 * The parts that no longer name the list of formulas, and the path of that list: Excel offers a repair where the list names a
 * cell without a formula, and creates a missing list again. Undefined when the workbook has none.
 */
export async function dropFormulaList(
  parts: ZipDirectory,
): Promise<{ readonly path: string; readonly changed: readonly NewPart[] } | undefined> {
  const workbook = await findWorkbookPath(parts)
  const folder = posix.dirname(workbook)
  const relationships = posix.join(folder, '_rels', `${posix.basename(workbook)}.rels`)
  const related = tokensOf(await readPart(parts, relationships))
  const naming = related.filter(({ raw }) => writtenAttribute(raw, 'Type')?.endsWith('/calcChain'))
  const target = naming[0] && writtenAttribute(naming[0].raw, 'Target')
  if (target === undefined) return undefined
  const path = posix.resolve('/', folder, target).slice(1)
  const types = tokensOf(await readPart(parts, '[Content_Types].xml'))
  const typing = types.filter(
    ({ raw }) => writtenAttribute(raw, 'PartName')?.toLowerCase() === `/${path}`.toLowerCase(),
  )
  return {
    path,
    changed: [
      { path: relationships, xml: without(related, naming) },
      { path: '[Content_Types].xml', xml: without(types, typing) },
    ],
  }
}

function without(tokens: readonly XmlToken[], unwanted: readonly XmlToken[]): string {
  if (unwanted.some(({ kind }) => kind !== 'empty'))
    throw new NotPatchable('a list of formulas that is named at length')
  return tokens.map((token) => (unwanted.includes(token) ? '' : token.raw)).join('')
}
