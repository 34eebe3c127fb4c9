import type { Random } from '../random.ts'
import { type Mutators, onText, replaceAt } from './mutator.ts'

const manyTimes = [1, 50, 200_000]
const delimiters = [',', ';', '\t', '|', ' '] as const

/** Damage to tables in plain text. */
export const csvMutators: Mutators = {
  addQuotes: onText((text, random) => insert(text, random, '"'.repeat(random.pick([1, 2, 3, 100_001])))),
  dropQuotes: onText((text) => text.replaceAll('"', '')),
  quoteEverything: onText((text) => `"${text}`),
  otherDelimiter: onText((text, random) => text.replaceAll(random.pick(delimiters), random.pick(delimiters))),
  manyDelimiters: onText((text, random) =>
    insert(text, random, random.pick(delimiters).repeat(random.pick(manyTimes))),
  ),
  nuls: onText((text, random) => insert(text, random, '\0'.repeat(random.pick(manyTimes)))),
  controls: onText((text, random) =>
    insert(text, random, random.pick(['\u0001', '\u001a', '\u001b', '\u007f', '\u0085', '\u00a0'])),
  ),
  hugeLine: onText((text, random) => insert(text, random, 'x'.repeat(random.pick([40_000, 5_000_000])))),
  oneLine: onText((text, random) => text.replaceAll(/\r?\n/g, random.pick(['', ' ', '\r', '\v']))),
  manyLines: onText((text, random) =>
    insert(text, random, random.pick(['\n', '\r\n', ';\n', 'a;b\n']).repeat(random.pick(manyTimes))),
  ),
  byteOrderMark: (bytes, random) =>
    Buffer.concat([Buffer.from(random.pick(['efbbbf', 'fffe', 'feff', 'fffe0000', '2b2f76']), 'hex'), bytes]),
  utf16: (bytes) => Buffer.from(`\ufeff${bytes.toString('latin1')}`, 'utf16le'),
  repeatHeader: onText((text) => text.slice(0, 5_000) + text),
}

function insert(text: string, random: Random, piece: string): string {
  const at = random.below(text.length + 1)
  return replaceAt(text, at, at, piece)
}
