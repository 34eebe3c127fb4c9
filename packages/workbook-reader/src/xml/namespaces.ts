import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { findColon, hashBytes, nameHash } from './name-hash.ts'
import type { XmlTag } from './xml-tag.ts'

/** The namespaces in force at one place of an XML part. */
export interface Namespaces {
  /** The hash that a name without a prefix begins with: 0 in the part's own namespace, which is that of its root. */
  unprefixed: number
  /** Number of open elements around the last declaration in force; -1 without one. */
  deepest: number
  readonly declared: Declaration[]
  /** Declarations in force under whose prefix an attribute is not what it seems. */
  misleading: number
  /** Of the root; undefined before it. */
  own: number | undefined
}

interface Declaration {
  /** The hash of the prefix; 0 for the namespace of names without one. */
  readonly prefix: number
  readonly namespace: number
  readonly depth: number
  readonly misleads: boolean
}

const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns'
const NO_NAMESPACE = 0
const NO_PREFIX = 0
/** For names without a namespace in a part that has one. */
const FOREIGN = nameHash('without a namespace:')
const COLON = Buffer.from(':')
const XMLNS = Buffer.from('xmlns')
// A dozen stand at the root of an honest part; each prefix is looked for among all.
const MAX_DECLARATIONS = 256

/** Both flavours of the OOXML formats have one meaning. */
const usualPrefixes: ReadonlyMap<string, string> = new Map([
  ['http://schemas.openxmlformats.org/spreadsheetml/2006/main', 'main'],
  ['http://purl.oclc.org/ooxml/spreadsheetml/main', 'main'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'r'],
  ['http://purl.oclc.org/ooxml/officeDocument/relationships', 'r'],
  [`${OPEN_DOCUMENT}:office:1.0`, 'office'],
  [`${OPEN_DOCUMENT}:table:1.0`, 'table'],
  [`${OPEN_DOCUMENT}:text:1.0`, 'text'],
  [`${OPEN_DOCUMENT}:style:1.0`, 'style'],
  ['urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0', 'calcext'],
  ['urn:schemas-microsoft-com:office:spreadsheet', 'ss'],
  ['urn:schemas-microsoft-com:office:excel', 'x'],
])
/** The namespaces whose attributes are looked for. */
const ofAttributes = new Set(
  ['r', 'office', 'table', 'text', 'style', 'calcext', 'ss'].map((prefix) => nameHash(`${prefix}:`)),
)

export function createNamespaces(): Namespaces {
  return { unprefixed: NO_NAMESPACE, deepest: -1, declared: [], misleading: 0, own: undefined }
}

/** Puts the declarations of a tag at `depth` in force, and gives its attributes the names that their namespaces have here. */
export function enterTag(namespaces: Namespaces, tag: XmlTag, depth: number): void {
  if (tag.mayDeclare) declareAll(namespaces, tag, depth)
  if (namespaces.misleading > 0) renameAttributes(namespaces, tag)
}

/** Ends the declarations of the element at `depth`. */
export function leaveElement(namespaces: Namespaces, depth: number): void {
  const { declared } = namespaces
  while (declared.at(-1)?.depth === depth) if (declared.pop()?.misleads) namespaces.misleading--
  namespaces.deepest = declared.at(-1)?.depth ?? -1
  namespaces.unprefixed = startOf(namespaces, findDeclared(namespaces, NO_PREFIX) ?? NO_NAMESPACE)
}

/** The root decides which namespace is the part's own. */
export function enterRoot(namespaces: Namespaces, bytes: Buffer, from: number, nameEnd: number): void {
  const colon = findColon(bytes, from, nameEnd)
  namespaces.own =
    colon === -1 ? (findDeclared(namespaces, NO_PREFIX) ?? NO_NAMESPACE) : namespaceOf(namespaces, bytes, from, colon)
  namespaces.unprefixed = startOf(namespaces, findDeclared(namespaces, NO_PREFIX) ?? NO_NAMESPACE)
}

/** The hash of the name of an element with a prefix. */
export function hashPrefixed(namespaces: Namespaces, bytes: Buffer, from: number, colon: number, to: number): number {
  return hashBytes(startOf(namespaces, namespaceOf(namespaces, bytes, from, colon)), bytes, colon + 1, to)
}

function startOf({ own }: Namespaces, namespace: number): number {
  if (namespace === own) return 0
  return namespace === NO_NAMESPACE ? FOREIGN : namespace
}

/** A prefix that is not declared stands for the namespace that usually has it. */
function namespaceOf(namespaces: Namespaces, bytes: Buffer, from: number, colon: number): number {
  const prefix = hashBytes(0, bytes, from, colon)
  return findDeclared(namespaces, prefix) ?? hashBytes(prefix, COLON, 0, 1)
}

function findDeclared({ declared }: Namespaces, prefix: number): number | undefined {
  for (let index = declared.length - 1; index >= 0; index--) {
    if (declared[index]?.prefix === prefix) return declared[index]?.namespace
  }
  return undefined
}

function declareAll(namespaces: Namespaces, tag: XmlTag, depth: number): void {
  const { bytes, nameFrom, nameTo, valueFrom, valueTo } = tag
  for (let index = 0; index < tag.count; index++) {
    const [from, to] = [nameFrom[index] as number, nameTo[index] as number]
    const prefixFrom = from + XMLNS.length
    if (to < prefixFrom || bytes.compare(XMLNS, 0, XMLNS.length, from, prefixFrom) !== 0) continue
    if (to > prefixFrom && bytes[prefixFrom] !== COLON[0]) continue
    const prefix = to > prefixFrom ? hashBytes(0, bytes, prefixFrom + 1, to) : NO_PREFIX
    declare(namespaces, prefix, bytes.toString('utf8', valueFrom[index], valueTo[index]), depth)
  }
}

function declare(namespaces: Namespaces, prefix: number, uri: string, depth: number): void {
  if (namespaces.declared.length >= MAX_DECLARATIONS) throw new UnreadableWorkbook('damaged', 'too many XML namespaces')
  const namespace = uri === '' ? NO_NAMESPACE : nameHash(`${usualPrefixes.get(uri.trim()) ?? uri}:`)
  const usual = hashBytes(prefix, COLON, 0, 1)
  const misleads =
    prefix !== NO_PREFIX && namespace !== usual && (ofAttributes.has(namespace) || ofAttributes.has(usual))
  namespaces.declared.push({ prefix, namespace, depth, misleads })
  namespaces.deepest = depth
  if (misleads) namespaces.misleading++
  if (prefix === NO_PREFIX) namespaces.unprefixed = startOf(namespaces, namespace)
}

function renameAttributes(namespaces: Namespaces, { bytes, count, names, nameFrom, nameTo }: XmlTag): void {
  for (let index = 0; index < count; index++) {
    const [from, to] = [nameFrom[index] as number, nameTo[index] as number]
    const colon = findColon(bytes, from, to)
    if (colon !== -1) names[index] = hashBytes(namespaceOf(namespaces, bytes, from, colon), bytes, colon + 1, to)
  }
}
