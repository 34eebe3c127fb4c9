import { posix } from 'node:path'
import type { PackagedSheet } from '../sheets/read-sheets.ts'
import type { ReadingLimits } from '../reading-limits.ts'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import type { SheetInfo } from '../sheets/workbook-visitor.ts'
import { nameHash } from '../xml/name-hash.ts'
import { scanXml } from '../xml/xml-scanner.ts'
import { attributeOf, attributesOf, type XmlTag } from '../xml/xml-tag.ts'
import type { ZipDirectory } from '../zip/zip-directory.ts'

/** The places of the parts of an xlsx package; paths are those of the zip directory. */
export interface XlsxPackage {
  readonly sheets: readonly PackagedSheet[]
  readonly sharedStringsPath: string | undefined
  readonly stylesPath: string | undefined
  readonly is1904: boolean
}

export interface Relationship {
  /** The last word of its URI, the same in the transitional and the strict flavour of the format. */
  readonly type: string
  readonly path: string
}

interface SheetEntry extends SheetInfo {
  readonly relationshipId: string
}

const RELATIONSHIP = nameHash('Relationship')
const SHEET = nameHash('sheet')
const PROPERTIES = nameHash('workbookPr')
const RELATIONSHIP_ID = nameHash('r:id')
const MAX_RELATIONSHIPS = 10_000
const USUAL_WORKBOOK_PATH = 'xl/workbook.xml'

/** Resolves the workbook and its worksheets through the relationships; chart and macro sheets are left out. */
export async function readXlsxPackage(parts: ZipDirectory, limits: ReadingLimits): Promise<XlsxPackage> {
  const workbookPath = await findWorkbookPath(parts)
  const related = await readRelationships(parts, workbookPath)
  const { entries, is1904 } = await readWorkbookPart(parts, workbookPath, limits)
  return {
    sheets: entries.flatMap((entry) => toSheet(entry, related)),
    sharedStringsPath: findByType(related, 'sharedstrings'),
    stylesPath: findByType(related, 'styles'),
    is1904,
  }
}

/** The path of the workbook part, which names the sheets. */
export async function findWorkbookPath(parts: ZipDirectory): Promise<string> {
  const related = findByType(await readRelationships(parts, ''), 'officedocument')
  const path = related !== undefined && parts.has(related) ? related : USUAL_WORKBOOK_PATH
  if (path.toLowerCase().endsWith('.bin'))
    throw new UnreadableWorkbook('not_a_workbook', 'a binary workbook in an odd place')
  if (!parts.has(path)) throw new UnreadableWorkbook('not_a_workbook', 'no workbook part')
  return path
}

async function readWorkbookPart(parts: ZipDirectory, path: string, limits: ReadingLimits) {
  const entries: SheetEntry[] = []
  let is1904 = false
  await scanXml(parts.read(path), {
    open(name, tag) {
      if (name === SHEET) entries.push(toEntry(tag, entries.length))
      if (name === PROPERTIES) is1904 = isTrue(attributesOf(tag).get('date1904'))
      if (entries.length > limits.maxSheets) {
        throw new UnreadableWorkbook('too_many_sheets', `more than ${limits.maxSheets} sheets`)
      }
    },
    close() {},
    text() {},
    isDone: () => false,
  })
  if (entries.length === 0) throw new UnreadableWorkbook('not_a_workbook', 'no sheets')
  return { entries, is1904 }
}

function toEntry(tag: XmlTag, index: number): SheetEntry {
  const attributes = attributesOf(tag)
  const relationshipId = attributeOf(tag, RELATIONSHIP_ID) ?? ''
  const state = attributes.get('state') ?? 'visible'
  return { name: attributes.get('name') ?? '', index, hidden: state !== 'visible', relationshipId }
}

function toSheet(entry: SheetEntry, related: ReadonlyMap<string, Relationship>): readonly PackagedSheet[] {
  const { relationshipId, ...info } = entry
  const relationship = related.get(relationshipId)
  if (!relationship) throw new UnreadableWorkbook('damaged', `sheet ${info.index} has no part`)
  return relationship.type === 'worksheet' ? [{ info, path: relationship.path }] : []
}

/** The relationships of a part by id; those of the package itself for an empty path. None if the part has none. */
export async function readRelationships(
  parts: ZipDirectory,
  owner: string,
): Promise<ReadonlyMap<string, Relationship>> {
  const related = new Map<string, Relationship>()
  const folder = posix.dirname(owner)
  const path = posix.join(folder, '_rels', `${posix.basename(owner)}.rels`)
  if (!parts.has(path)) return related
  await scanXml(parts.read(path), {
    open(name, tag) {
      if (name !== RELATIONSHIP) return
      const attributes = attributesOf(tag)
      if (attributes.get('TargetMode') === 'External') return
      const type = (attributes.get('Type') ?? '').split('/').at(-1) ?? ''
      const target = (attributes.get('Target') ?? '').replaceAll('\\', '/')
      if (related.size >= MAX_RELATIONSHIPS) throw new UnreadableWorkbook('bomb', 'too many relationships')
      related.set(attributes.get('Id') ?? '', { type: type.toLowerCase(), path: resolvePath(folder, target) })
    },
    close() {},
    text() {},
    isDone: () => false,
  })
  return related
}

function resolvePath(folder: string, target: string): string {
  return posix.resolve('/', folder, target).slice(1)
}

/** The path of the first relationship whose type ends in the word, written in lower case. */
export function findByType(related: ReadonlyMap<string, Relationship>, type: string): string | undefined {
  return [...related.values()].find((relationship) => relationship.type === type)?.path
}

function isTrue(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true'
}
