/** A tag, its name in lower case, or the text between two tags, still with its entities. */
export type HtmlToken =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }

interface TagEnd {
  /** Place of the closing angle bracket. */
  readonly at: number
}

const NAME = /[a-z][^\s/>]*/iuy
const ATTRIBUTE = /([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/gu
/** Elements whose content is no text for people. */
const SKIPPED_ELEMENTS = new Set(['script', 'style', 'xml', 'title', 'template'])

/** Splits HTML into tokens in one pass, as forgiving as a browser; comments, scripts and styles are left out. */
export function* scanHtml(html: string): Generator<HtmlToken> {
  let at = 0
  while (at < html.length) {
    const mark = findMark(html, at)
    if (mark > at) yield { kind: 'text', text: html.slice(at, mark) }
    if (mark >= html.length) return
    if (isDeclaration(html, mark)) {
      at = skipDeclaration(html, mark)
      continue
    }
    const end = findTagEnd(html, mark)
    if (!end) return
    const token = readTag(html, mark, end)
    if (token) yield token
    at = token?.kind === 'open' && SKIPPED_ELEMENTS.has(token.name) ? skipElement(html, end, token.name) : end.at + 1
  }
}

/** The value of an attribute as written, `''` for one without a value. */
export function htmlAttribute(attributes: string, name: string): string | undefined {
  for (const [, found = '', double, single, bare] of attributes.matchAll(ATTRIBUTE)) {
    if (found.toLowerCase() === name) return double ?? single ?? bare ?? ''
  }
  return undefined
}

/** The next `<` that begins a tag or a declaration: `a < b` is text. */
function findMark(html: string, from: number): number {
  let at = html.indexOf('<', from)
  while (at !== -1 && !/[a-z/!?]/iu.test(html[at + 1] ?? '')) at = html.indexOf('<', at + 1)
  return at === -1 ? html.length : at
}

function isDeclaration(html: string, mark: number): boolean {
  return html[mark + 1] === '!' || html[mark + 1] === '?'
}

function skipDeclaration(html: string, mark: number): number {
  const isComment = html.startsWith('<!--', mark)
  const end = html.indexOf(isComment ? '-->' : '>', isComment ? mark + 4 : mark)
  if (end === -1) return html.length
  return end + (isComment ? 3 : 1)
}

/** A bracket within a quoted value does not end the tag; a quote elsewhere means nothing. */
function findTagEnd(html: string, mark: number): TagEnd | undefined {
  let isAfterEquals = false
  for (let at = mark + 1; at < html.length; at++) {
    const char = html[at] as string
    if (char === '>') return { at }
    if (isAfterEquals && (char === '"' || char === "'")) {
      at = html.indexOf(char, at + 1)
      if (at === -1) return undefined
    }
    if (char > ' ') isAfterEquals = char === '='
  }
  return undefined
}

function readTag(html: string, mark: number, end: TagEnd): HtmlToken | undefined {
  const isClose = html[mark + 1] === '/'
  NAME.lastIndex = mark + (isClose ? 2 : 1)
  const [word] = NAME.exec(html) ?? []
  if (word === undefined) return undefined
  const name = word.toLowerCase()
  return isClose ? { kind: 'close', name } : { kind: 'open', name, attributes: html.slice(NAME.lastIndex, end.at) }
}

function skipElement(html: string, open: TagEnd, name: string): number {
  if (html[open.at - 1] === '/') return open.at + 1
  const close = new RegExp(`</${name}[\\s>]`, 'giu')
  close.lastIndex = open.at
  const found = close.exec(html)
  return found ? found.index : html.length
}
