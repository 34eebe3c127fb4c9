import type { Random } from '../random.ts'
import { type Mutators, onText, replaceAt } from './mutator.ts'

const charsets = [
  'utf-7',
  'utf-16',
  'koi8-r',
  'windows-1251',
  'x-nonsense',
  'iso-2022-jp',
  'us-ascii',
  '',
  "'; drop",
] as const
const encodings = ['base64', 'quoted-printable', '8bit', '7bit', 'binary', 'x-uuencode', 'x-nonsense', ''] as const
const types = [
  'text/html',
  'text/plain',
  'text/calendar',
  'message/rfc822',
  'message/external-body',
  'message/partial',
  'multipart/mixed',
  'multipart/mixed; boundary=""',
  'multipart/digest; boundary="x"',
  'application/ms-tnef',
  'application/zip',
  'image/png',
  'x',
  '',
] as const
const names = [
  '=?koi8-r?B?z9Tey9Q=?=',
  '=?utf-8?Q?=00=0A?=',
  '=?x?Z?a?=',
  'отчёт.xlsx',
  '\u202excel.slx',
  '../../etc/passwd',
  '.',
  '',
  'a\0.xlsx',
  'con',
  'x'.repeat(100_000),
] as const
const dates = [
  'Thu, 32 Foo 2025 99:99:99 +9999',
  '',
  '0',
  '1 Jan 9999 00:00 +0000',
  '1 Jan 0001 00:00 +0000',
  'x'.repeat(10_000),
] as const
const bombCounts = [10, 1_000, 20_000]
const mostNested = 60

/** Damage to mail. */
export const messageMutators: Mutators = {
  cutBoundary: onText((text, random) =>
    atMatch(text, random, /^--[^\r\n]+\r?\n/gm, () => random.pick(['', '--', '\r\n', '--\r\n'])),
  ),
  repeatBoundary: onText((text, random) =>
    atMatch(text, random, /^--[^\r\n]+\r?\n/gm, (line) => line.repeat(random.pick(bombCounts))),
  ),
  closeBoundary: onText((text, random) => atMatch(text, random, /^--[^\r\n]+(?=\r?\n)/gm, (line) => `${line}--`)),
  otherBoundary: onText((text, random) =>
    atMatch(
      text,
      random,
      /boundary="?[^";\r\n]+"?/g,
      () => `boundary="${random.pick(['', ' ', '-', 'x'.repeat(5_000)])}"`,
    ),
  ),
  nestMessage(bytes, random) {
    let nested = bytes
    for (let left = random.pick([1, 2, 3, 4, mostNested]); left > 0; left -= 1) {
      nested = Buffer.concat([Buffer.from('Subject: Fwd\r\nContent-Type: message/rfc822\r\n\r\n'), nested])
    }
    return nested
  },
  nestMultipart: onText((text, random) => {
    const depth = random.pick([3, 50, 2_000])
    const openings = Array.from(
      { length: depth },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    )
    return openings.join('') + text
  }),
  manyHeaders: onText((text, random) => `X-Header: value\r\n`.repeat(random.pick(bombCounts)) + text),
  longHeader: onText(
    (text, random) =>
      `${aHeader(random)}: ${random
        .pick(['x', 'a,', '<a@b>,', '=?utf-8?B?YQ==?= ', '(', '"', '\\', ';', 'a@b:'])
        .repeat(random.pick([100, 10_000, 100_000]))}\r\n${text}`,
  ),
  foldedHeader: onText((text, random) => `${aHeader(random)}: a\r\n${' x\r\n'.repeat(random.pick(bombCounts))}${text}`),
  manyParameters: onText((text, random) =>
    atMatch(
      text,
      random,
      /Content-(?:Type|Disposition): [^\r\n;]+/gi,
      (line) => line + Array.from({ length: random.pick([10, 3_000]) }, (_, n) => `;\r\n filename*${n}*=a%D0`).join(''),
    ),
  ),
  otherCharset: onText((text, random) =>
    atMatch(text, random, /charset="?[\w-]+"?/gi, () => `charset="${random.pick(charsets)}"`),
  ),
  otherType: onText((text, random) =>
    atMatch(text, random, /Content-Type: [^\r\n;]+/gi, () => `Content-Type: ${random.pick(types)}`),
  ),
  otherEncoding: onText((text, random) =>
    atMatch(
      text,
      random,
      /Content-Transfer-Encoding: [^\r\n]+/gi,
      () => `Content-Transfer-Encoding: ${random.pick(encodings)}`,
    ),
  ),
  otherName: onText((text, random) =>
    atMatch(
      text,
      random,
      /filename\*?=[^\r\n;]+|name="[^"]*"/g,
      () => `filename="${Buffer.from(random.pick(names)).toString('latin1')}"`,
    ),
  ),
  rawName: onText((text, random) =>
    atMatch(
      text,
      random,
      /filename\*?=[^\r\n;]+/g,
      () => `filename="\xce\xf2\xf7\xb8\xf2 ${'\xff'.repeat(random.pick([1, 500]))}.xls"`,
    ),
  ),
  otherDate: onText((text, random) => atMatch(text, random, /^Date: [^\r\n]*/gm, () => `Date: ${random.pick(dates)}`)),
  damageBase64: onText((text, random) =>
    atMatch(text, random, /^[A-Za-z0-9+/]{60,}={0,2}\r?$/gm, (line) => {
      const at = random.below(line.length)
      return replaceAt(
        line,
        at,
        at + random.pick([0, 1, 2]),
        random.pick(['=', '====', '\0', '!', '\r\n\r\n', '-', 'é', ' '.repeat(50_000)]),
      )
    }),
  ),
  dropLine: onText((text, random) => atMatch(text, random, /^[^\r\n]*\r?\n/gm, () => '')),
  bareLineEnds: onText((text, random) => text.replaceAll('\r\n', random.pick(['\n', '\r']))),
  uuencoded: onText((text) => `${text}\r\nbegin 644 a.xlsx\r\n#0V%T\r\n\`\r\nend\r\n`),
}

function aHeader(random: Random): string {
  return random.pick([
    'From',
    'To',
    'Subject',
    'Date',
    'References',
    'Content-Type',
    'Content-Disposition',
    'Received',
    'X',
  ])
}

function atMatch(text: string, random: Random, pattern: RegExp, change: (match: string) => string): string {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return text
  const { index, 0: match } = random.pick(found)
  return replaceAt(text, index, index + match.length, change(match))
}
