import { readRelationships, tokensOf, type XmlToken, type ZipDirectory } from '@atermtrack/workbook-reader/package'
import { readUtf8Part } from './read-part.ts'
import type { NewPart } from './style-part.ts'

/** Columns that a sheet got, zero-based. */
export interface FreshColumns {
  readonly first: number
  readonly last: number
}

const anchors: ReadonlySet<string> = new Set(['twoCellAnchor', 'oneCellAnchor'])

/**
 * The drawing of a sheet with its charts and pictures moved out of the way of new columns, as if these had been inserted: whatever
 * began in their place or right of it stands as far from them as from the table before. Undefined where nothing moves.
 */
export async function moveDrawing(
  parts: ZipDirectory,
  sheetPath: string,
  fresh: FreshColumns,
): Promise<NewPart | undefined> {
  const related = [...(await readRelationships(parts, sheetPath)).values()]
  const drawing = related.find(({ type, path }) => type === 'drawing' && parts.has(path))
  const part = drawing && (await readUtf8Part(parts, drawing.path))
  if (!drawing || part === undefined) return undefined
  const tokens = tokensOf(part)
  const moved = columnsToMove(tokens, fresh.first)
  if (moved.size === 0) return undefined
  const count = fresh.last - fresh.first + 1
  const xml = tokens.map((token) => (moved.has(token) ? String(Number(token.raw) + count) : token.raw))
  return { path: drawing.path, xml: xml.join('') }
}

/** The texts that name the columns of anchors which begin at `first` or right of it. */
function columnsToMove(tokens: readonly XmlToken[], first: number): ReadonlySet<XmlToken> {
  const moved = new Set<XmlToken>()
  let corners: XmlToken[] = []
  for (const [index, token] of tokens.entries()) {
    if (anchors.has(token.name)) {
      const [from] = corners
      if (token.kind === 'close' && from && Number(from.raw) >= first) for (const corner of corners) moved.add(corner)
      corners = []
    }
    const before = tokens[index - 1]
    if (before?.name === 'col' && before.kind === 'open') corners.push(token)
  }
  return moved
}
