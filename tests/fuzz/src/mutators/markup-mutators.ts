import type { Random } from '../random.ts'
import { type Mutators, onText, replaceAt } from './mutator.ts'

const manyTimes = [2, 30, 5_000]
const strangeNumbers = [
  '-1',
  '0',
  '1.5',
  '200',
  '16385',
  '1048577',
  '4294967296',
  '99999999999999999999',
  '1e308',
  'NaN',
  '',
  ' ',
  'A0',
  'XFE1',
  'ZZZZZZ9',
  '$A$1:B',
] as const
const cellTypes = ['s', 'n', 'b', 'e', 'd', 'str', 'inlineStr', 'zzz', ''] as const
const entities = ['&lol;', '&#0;', '&#x110000;', '&#xD800;', '&#99999999999;', '&amp', '&;', '&#x;'] as const
const openings = ['<!--', '<![CDATA[', '<?xml', '<', '</', '<a b="', '<!DOCTYPE x [', '<script>', '<style>'] as const
const doctype =
  '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">' +
  '<!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;"><!ENTITY xxe SYSTEM "file:///etc/passwd">]>'

/** Damage to XML and HTML. */
export const markupMutators: Mutators = {
  deleteTag: onText((text, random) => {
    const tag = aTag(text, random)
    return replaceAt(text, tag.start, tag.end, '')
  }),
  deleteStretch: onText((text, random) => {
    const [start, end] = stretch(text, random)
    return replaceAt(text, start, end, '')
  }),
  duplicateStretch: onText((text, random) => {
    const [start, end] = stretch(text, random)
    return replaceAt(text, end, end, text.slice(start, end).repeat(random.pick([1, 3, 20])))
  }),
  nestTags: onText((text, random) =>
    insert(
      text,
      random,
      random.pick(['<a>', '<row>', '<c>', '<table>', '<td>']).repeat(random.pick([1, 100, 100_000])),
    ),
  ),
  hugeAttribute: onText((text, random) =>
    inTag(
      text,
      random,
      ` ${random.pick(['x', 'r', 'style', 'xmlns'])}="${'A'.repeat(random.pick([1_000, 2_000_000]))}"`,
    ),
  ),
  manyAttributes: onText((text, random) => inTag(text, random, ' r="1"'.repeat(random.pick([2, 50_000])))),
  entities: onText((text, random) => insert(text, random, random.pick(entities).repeat(random.pick(manyTimes)))),
  entityBomb: onText((text, random) =>
    insert(
      text.replace(/^(?:<\?xml[^>]*>)?/, (head) => head + doctype),
      random,
      random.pick(['&lol2;', '&xxe;']),
    ),
  ),
  wrongNamespace: onText((text, random) =>
    text.replace(
      /(xmlns(?::\w+)?=")[^"]*/,
      `$1${random.pick(['', 'urn:other', 'http://schemas.openxmlformats.org/spreadsheetml/2006/MAIN'])}`,
    ),
  ),
  prefixTags: onText((text, random) => text.replaceAll(/<(\/?)([a-z])/gi, `<$1${random.pick(['x:', 'a', ':'])}$2`)),
  strangeAttribute: onText((text, random) =>
    atMatch(text, random, /="[^"]{0,40}"/g, `="${random.pick(strangeNumbers)}"`),
  ),
  strangeValue: onText((text, random) =>
    atMatch(text, random, />-?\d[\d.:TZ-]*</g, `>${random.pick(strangeNumbers)}<`),
  ),
  strangeCellType: onText((text, random) =>
    atMatch(text, random, / t="\w+"| ss:Type="\w+"| office:value-type="\w+"/g, ` t="${random.pick(cellTypes)}"`),
  ),
  strangeSpan: onText((text, random) =>
    inTag(
      text,
      random,
      random.pick([
        ' colspan',
        ' rowspan',
        ' ss:MergeAcross',
        ' ss:Index',
        ' table:number-columns-repeated',
        ' table:number-rows-repeated',
      ]) + `="${random.pick(strangeNumbers)}"`,
    ),
  ),
  unfinished: onText((text, random) => insert(text, random, random.pick(openings).repeat(random.pick(manyTimes)))),
  blankRows: onText((text, random) =>
    insert(
      text,
      random,
      random.pick(['<row/>', '<c/>', '<tr></tr>', '<Row/>', '<td>']).repeat(random.pick([100, 100_000])),
    ),
  ),
  otherEncoding: onText((text, random) =>
    text.replace(
      /(encoding=|charset=)"?[\w-]+"?/i,
      `$1"${random.pick(['UTF-16', 'utf-7', 'windows-1251', 'koi8-r', 'nonsense', ''])}"`,
    ),
  ),
  longText: onText((text, random) =>
    insert(text, random, random.pick(['x', ' ', '\n', 'Ж']).repeat(random.pick([40_000, 3_000_000]))),
  ),
}

interface Place {
  readonly start: number
  readonly end: number
}

/** The tag behind a random place; the whole text where there is none. */
function aTag(text: string, random: Random): Place {
  const start = text.indexOf('<', random.below(text.length))
  const end = text.indexOf('>', start)
  return start === -1 || end === -1 ? { start: 0, end: text.length } : { start, end: end + 1 }
}

/** From the beginning of one tag to that of a later one. */
function stretch(text: string, random: Random): readonly [number, number] {
  const { start } = aTag(text, random)
  const end = text.indexOf('<', Math.min(text.length, start + random.between(1, 5_000)))
  return [start, end === -1 ? text.length : end]
}

function insert(text: string, random: Random, piece: string): string {
  const { start, end } = aTag(text, random)
  const at = random.pick([start, end])
  return replaceAt(text, at, at, Buffer.from(piece).toString('latin1'))
}

function inTag(text: string, random: Random, piece: string): string {
  const { end } = aTag(text, random)
  const at = text[end - 2] === '/' ? end - 2 : end - 1
  return replaceAt(text, at, at, piece)
}

function atMatch(text: string, random: Random, pattern: RegExp, by: string): string {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return text
  const { index, 0: match } = random.pick(found)
  return replaceAt(text, index, index + match.length, by)
}
