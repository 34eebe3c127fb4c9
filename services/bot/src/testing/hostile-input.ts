import fc from 'fast-check'
import type { AnyAction } from '../routing/action.ts'

/** Pieces that break parsers of HTML, JSON, SQL, paths, formulas and numbers, or that hide in texts. */
const pieces = [
  '<', '>', '&', '"', "'", '</b>', '<b>', '<a href="tg://user?id=1">', '<pre><code class="x">', '<tg-spoiler>', '&lt;', '&#0;', '&#x110000;',
  '<script>alert(1)</script>', '<!--', ']]>', '<b', '&amp', '\\', '\\u0000', '%s%n', '%00', '{{7*7}}', '${1}', "'; drop table person; --",
  '=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(1)', '../../etc/passwd', '__proto__', 'constructor', 'null', 'NaN', '1e309',
  '9007199254740993', '-0', '0x10', '٣٤٥', '１２３', '\u202e', '\u200b', '\ufeff', '\u0301'.repeat(30), '🏗'.repeat(9), '👨‍👩‍👧‍👦', '\ud83d', '\udc00', 'İ', 'ß',
  'ﬁ', '\n', '\r\n', '\t', '\u2028', ' '.repeat(40), 'MSKU6011672', 'МSКU6О11672', 'MSKU 601167-2', 'msku6011672'.repeat(12), 'К25-073', 'поезд',
  'терминал', 'стоит больше', '9'.repeat(25), 'суток', 'на', 'все контейнеры', 'порожние', 'поезд К25-073', 'за вчера', 'прибыли', '31.02.2026',
  '00.00.0000', '25:61', '/start', '/people', '/broadcast', '/admin@atermtrack_bot', '/export', 'javascript:', 'a'.repeat(300), '::', 'v1:',
] // prettier-ignore

/** A text of a message that no person means well. Telegram delivers 1 to 4,096 characters. */
const hostileText: fc.Arbitrary<string> = fc
  .oneof(
    {
      weight: 6,
      arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }).map((all) => all.join(' ')),
    },
    {
      weight: 2,
      arbitrary: fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 40 }).map((all) => all.join('')),
    },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }) },
    { weight: 1, arbitrary: fc.constantFrom(...pieces).map((piece) => piece.repeat(4_096)) },
  )
  .map((text) => text.slice(0, 4_096))
  .filter((text) => text.trim() !== '')

/** A part of the data of a button: of the right kind for somebody else's row, for none, or of no kind. */
const part: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map(String),
  fc.constantFrom(
    '999999999',
    '2147483648',
    '9007199254740991',
    '9223372036854775807',
    '0',
    '-1',
    '01',
    '1e3',
    '9999999999999',
  ),
  fc.constantFrom(
    'all',
    'any',
    'admin',
    'operator',
    'viewer',
    'name',
    'files',
    'week',
    'people',
    'company',
    'client',
    'en',
    'ru',
    'Sa',
    'everybody',
  ),
  fc.constantFrom(
    'MSKU6011672',
    '25-073',
    '2200',
    '0800',
    'Vladivostok',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(40),
  ),
  fc.constantFrom('', ' ', '<b>', '\u0000', "'", '%', '\n', '../..'),
)

/** Data of a button that the bot never wrote, or wrote for somebody else. */
function tamperedData(names: readonly string[], valid: readonly string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names)
  const parts = fc.array(part, { maxLength: 6 })
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.tuple(name, parts).map(([action, rest]) => ['v1', action, ...rest].join(':')) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...valid), fc.nat(8), part)
          .map(([data, place, other]) => withPart(data, place, other)),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('v2', 'V1', '', 'v1 '), name, parts)
          .map(([version, action, rest]) => [version, action, ...rest].join(':')),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 64 }) },
    )
    .filter((data) => Buffer.byteLength(data) <= 64)
}

function withPart(data: string, place: number, other: string): string {
  const parts = data.split(':')
  const at = 2 + (place % Math.max(1, parts.length - 1))
  return parts.toSpliced(at, 1, other).join(':')
}

export interface HostileInput {
  readonly seed: number
  readonly count: number
}

/** Texts of messages, the same for the same seed. */
export function hostileTexts({ seed, count }: HostileInput): readonly string[] {
  return fc.sample(hostileText, { seed, numRuns: count })
}

/** Data of presses on the declared actions, the same for the same seed; `valid` are data of existing rows. */
export function tamperedPresses(
  actions: ReadonlyMap<string, AnyAction>,
  valid: readonly string[],
  { seed, count }: HostileInput,
): readonly string[] {
  return fc.sample(tamperedData([...actions.keys()], valid), { seed, numRuns: count })
}
