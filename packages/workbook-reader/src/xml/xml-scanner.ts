import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { createNamespaces, enterRoot, enterTag, hashPrefixed, leaveElement, type Namespaces } from './namespaces.ts'
import { toUtf8 } from './utf8-chunks.ts'
import { createXmlTag, readTag, type XmlTag } from './xml-tag.ts'

/**
 * Accepts the marks of an XML part in order. Names come as their `nameHash`; a text may come in many pieces
 * `bytes[from, to)`. Bytes are not written to afterwards, a tag is good during the call only.
 */
export interface XmlSink {
  open(name: number, tag: XmlTag): void
  /** The end tag is `bytes[from, to)`: nothing, behind the tag of an empty element. */
  close(name: number, bytes: Buffer, from: number, to: number): void
  /** `literal` text, out of CDATA, holds no entities. */
  text(bytes: Buffer, from: number, to: number, literal: boolean): void
  /** Called after each chunk: `bytes[0, to)` is scanned, and the rest comes again in front of the next chunk. */
  scanned?(bytes: Buffer, to: number): void
  /** Asked after each chunk; true ends the reading of the part. */
  isDone(): boolean
}

/** Drives a sink chunk by chunk; both functions throw `UnreadableWorkbook` as `scanXml` does. */
export interface XmlScanner {
  push(chunk: Buffer): void
  end(): void
}

interface Section {
  readonly end: Buffer
  readonly isText: boolean
}

interface ScanState {
  readonly sink: XmlSink
  readonly tag: XmlTag
  readonly namespaces: Namespaces
  section: Section | undefined
  depth: number
  hasRoot: boolean
}

const LESS = 0x3c
const GREATER = 0x3e
const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const COLON = 0x3a
const SPACE = 0x20

// Beyond this a tag cannot be honest, and rescanning it chunk after chunk would cost quadratic time.
const MAX_TAG_BYTES = 256 * 1024
const COMMENT_START = Buffer.from('<!--')
const CDATA_START = Buffer.from('<![CDATA[')
const COMMENT: Section = { end: Buffer.from('-->'), isText: false }
const CDATA: Section = { end: Buffer.from(']]>'), isText: true }
const INSTRUCTION: Section = { end: Buffer.from('?>'), isText: false }

/** Drives `sink` through an XML part in one pass. A DOCTYPE, cut or unbalanced markup throws `UnreadableWorkbook`. */
export async function scanXml(chunks: AsyncIterable<Buffer>, sink: XmlSink): Promise<void> {
  const scanner = createXmlScanner(sink)
  for await (const chunk of toUtf8(chunks)) {
    scanner.push(chunk)
    if (sink.isDone()) return
  }
  scanner.end()
}

/** The scanner of one part, whose chunks are in UTF-8 or in any other encoding that keeps ASCII. */
export function createXmlScanner(sink: XmlSink): XmlScanner {
  const state: ScanState = {
    sink,
    tag: createXmlTag(),
    namespaces: createNamespaces(),
    section: undefined,
    depth: 0,
    hasRoot: false,
  }
  let rest: Buffer | undefined
  return {
    push(chunk) {
      const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
      const scanned = scanBytes(state, bytes)
      sink.scanned?.(bytes, scanned)
      rest = scanned < bytes.length ? bytes.subarray(scanned) : undefined
      if (rest && rest.length > MAX_TAG_BYTES) throw new UnreadableWorkbook('damaged', 'XML tag without an end')
    },
    end() {
      if (rest || state.section || state.depth > 0 || !state.hasRoot) {
        throw new UnreadableWorkbook('damaged', 'XML ends too early')
      }
    },
  }
}

/** Returns the place where it stopped: a mark whose end is not there yet follows. */
function scanBytes(state: ScanState, bytes: Buffer): number {
  const { length } = bytes
  let at = 0
  while (at < length) {
    const next = scanNext(state, bytes, at)
    if (next === at) break
    at = next
  }
  return at
}

/** Each scanner returns where it ended, or `at` when it needs more bytes. */
function scanNext(state: ScanState, bytes: Buffer, at: number): number {
  if (state.section) return scanSection(state, state.section, bytes, at)
  if (bytes[at] !== LESS) return scanText(state, bytes, at)
  switch (bytes[at + 1]) {
    case undefined:
      return at
    case SLASH:
      return scanCloseTag(state, bytes, at)
    case BANG:
      return scanDeclaration(state, bytes, at)
    case QUESTION:
      state.section = INSTRUCTION
      return at + 2
    default:
      return scanOpenTag(state, bytes, at)
  }
}

function scanText(state: ScanState, bytes: Buffer, at: number): number {
  const { length } = bytes
  let end = at + 1
  while (end < length && bytes[end] !== LESS) end++
  state.sink.text(bytes, at, end, false)
  return end
}

function scanOpenTag(state: ScanState, bytes: Buffer, at: number): number {
  const { sink, tag, namespaces } = state
  const nameEnd = findNameEnd(bytes, at + 1)
  const end = readTag(tag, bytes, nameEnd)
  if (end === -1) return at
  if (nameEnd === at + 1) throw new UnreadableWorkbook('damaged', 'XML tag without a name')
  if (tag.mayDeclare || namespaces.misleading > 0) enterTag(namespaces, tag, state.depth)
  if (!state.hasRoot) enterRoot(namespaces, bytes, at + 1, nameEnd)
  const name = hashName(namespaces, bytes, at + 1, nameEnd)
  const next = end + 1
  state.hasRoot = true
  tag.from = at
  tag.to = next
  sink.open(name, tag)
  if (bytes[end - 1] === SLASH) {
    sink.close(name, bytes, next, next)
    if (namespaces.deepest === state.depth) leaveElement(namespaces, state.depth)
  } else state.depth++
  return next
}

function scanCloseTag(state: ScanState, bytes: Buffer, at: number): number {
  const { namespaces } = state
  const nameEnd = findNameEnd(bytes, at + 2)
  const end = bytes[nameEnd] === GREATER ? nameEnd : bytes.indexOf(GREATER, nameEnd)
  if (end === -1) return at
  state.depth--
  if (state.depth < 0) throw new UnreadableWorkbook('damaged', 'XML closes what was not open')
  state.sink.close(hashName(namespaces, bytes, at + 2, nameEnd), bytes, at, end + 1)
  if (namespaces.deepest === state.depth) leaveElement(namespaces, state.depth)
  return end + 1
}

function scanDeclaration(state: ScanState, bytes: Buffer, at: number): number {
  if (startsWith(bytes, at, COMMENT_START)) {
    state.section = COMMENT
    return at + COMMENT_START.length
  }
  if (startsWith(bytes, at, CDATA_START)) {
    state.section = CDATA
    return at + CDATA_START.length
  }
  if (bytes.length - at < CDATA_START.length) return at
  // XML bombs and outside references need entities of the document; no spreadsheet program writes a DOCTYPE.
  throw new UnreadableWorkbook('not_a_workbook', 'XML with a DOCTYPE')
}

function scanSection(state: ScanState, section: Section, bytes: Buffer, at: number): number {
  const found = bytes.indexOf(section.end, at)
  // The end mark may be cut by the chunk's border: its length less one byte is kept for the next chunk.
  const end = found === -1 ? Math.max(at, bytes.length - section.end.length + 1) : found
  if (section.isText && end > at) state.sink.text(bytes, at, end, true)
  if (found === -1) return end
  state.section = undefined
  return end + section.end.length
}

/** Where the name that begins at `from` ends. */
export function findNameEnd(bytes: Buffer, from: number): number {
  const { length } = bytes
  let at = from
  for (; at < length; at++) {
    const byte = bytes[at] as number
    if (byte <= SPACE || byte === GREATER || byte === SLASH) break
  }
  return at
}

function hashName(namespaces: Namespaces, bytes: Buffer, from: number, to: number): number {
  let hash = namespaces.unprefixed
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number
    if (byte === COLON) return hashPrefixed(namespaces, bytes, from, at, to)
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  return hash
}

function startsWith(bytes: Buffer, at: number, prefix: Buffer): boolean {
  return bytes.length - at >= prefix.length && bytes.compare(prefix, 0, prefix.length, at, at + prefix.length) === 0
}
