import { posix } from 'node:path'
import {
  findWorkbookPath,
  tokensOf,
  writtenAttribute,
  writtenCount,
  type XmlToken,
  type ZipDirectory,
} from '@atermtrack/workbook-reader/package'
import { type CellRange, formatFixedRange } from '../cell-place.ts'
import { NotPatchable } from '../not-patchable.ts'
import { readPart } from './read-part.ts'
import type { NewPart } from './style-part.ts'

const filterName = '_xlnm._FilterDatabase'
const fixedRange = /\$[A-Z]{1,3}\$\d{1,7}(?::\$[A-Z]{1,3}\$\d{1,7})?$/

/** The workbook part with the hidden names that repeat the filters of sheets; undefined when there are none to change. */
export async function renameFilters(
  parts: ZipDirectory,
  filters: ReadonlyMap<number, CellRange>,
): Promise<NewPart | undefined> {
  if (filters.size === 0) return undefined
  const path = await findWorkbookPath(parts)
  const tokens = tokensOf(await readPart(parts, path))
  const texts = tokens.map(({ raw }, index) => {
    const { name, kind, raw: tag } = tokens[index - 1] ?? { name: '', kind: 'other', raw: '' }
    if (name !== 'definedName' || kind !== 'open' || writtenAttribute(tag, 'name') !== filterName) return raw
    const range = filters.get(writtenCount(tag, 'localSheetId') ?? -1)
    return range ? raw.replace(fixedRange, () => formatFixedRange(range)) : raw
  })
  const isChanged = texts.some((text, index) => text !== tokens[index]?.raw)
  return isChanged ? { path, xml: texts.join('') } : undefined
}

/**
 * The parts that no longer name the list of formulas, and the path of that list: Excel offers a repair where the list names a
 * cell without a formula, and makes a missing list anew. Undefined when the workbook has none.
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
