import { posix } from 'node:path'
import { findWorkbookPath, tokensOf, writtenAttribute, type ZipDirectory } from '@atermtrack/workbook-reader/package'
import { NotPatchable } from '../not-patchable.ts'
import { readPart } from './read-part.ts'

/** A part with its XML as a string of its bytes. */
export interface NewPart {
  readonly path: string
  readonly xml: string
}

const fileName = 'styles.xml'
const contentTypes = '[Content_Types].xml'
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml'
const transitional = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles'
const strict = 'http://purl.oclc.org/ooxml/officeDocument/relationships/styles'

/** The style part for a workbook that has none, and the parts that must name it. */
export async function addStylePart(parts: ZipDirectory, styles: string): Promise<readonly NewPart[]> {
  const workbook = await findWorkbookPath(parts)
  const folder = posix.dirname(workbook)
  const path = posix.join(folder, fileName)
  if (parts.has(path)) throw new NotPatchable('a style part that nobody names')
  const relationships = posix.join(folder, '_rels', `${posix.basename(workbook)}.rels`)
  return [
    { path, xml: styles },
    { path: relationships, xml: withRelationship(await readPart(parts, relationships)) },
    { path: contentTypes, xml: withContentType(await readPart(parts, contentTypes), `/${path}`) },
  ]
}

function withRelationship(xml: string): string {
  const ids = new Set(tokensOf(xml).map(({ raw }) => writtenAttribute(raw, 'Id')))
  let id = 'rIdStyles'
  for (let n = 2; ids.has(id); n++) id = `rIdStyles${n}`
  const type = xml.includes('purl.oclc.org') ? strict : transitional
  const isNamed = new RegExp('relationships/styles["\']').test(xml)
  // It points to a part that is not there, as some programs write.
  if (isNamed) throw new NotPatchable('a style part that is missing')
  return intoRoot(xml, (prefix) => `<${prefix}Relationship Id="${id}" Type="${type}" Target="${fileName}"/>`)
}

function withContentType(xml: string, partName: string): string {
  return intoRoot(xml, (prefix) => `<${prefix}Override PartName="${partName}" ContentType="${contentType}"/>`)
}

/** Puts an element at the end of the root, which may be written as empty. */
function intoRoot(xml: string, element: (prefix: string) => string): string {
  const tokens = tokensOf(xml)
  const last = tokens.findLastIndex(({ name }) => name !== '')
  const root = tokens[last]
  if (!root || root.kind === 'open') throw new NotPatchable('a part without an end')
  const { raw, prefix, name, kind } = root
  const inner =
    kind === 'close' ? element(prefix) + raw : `${raw.replace(/\s*\/>$/, '>')}${element(prefix)}</${prefix}${name}>`
  return tokens.map((token, index) => (index === last ? inner : token.raw)).join('')
}
