import { decodeText } from '@atermtrack/workbook-reader'

/** A header line as the parser keeps it: one character per byte. */
export interface HeaderLine {
  readonly key: string
  readonly line: string
}

/**
 * The subject that a message shows. Old programs write Russian into headers without saying the charset; the parser replaces
 * those bytes by U+FFFD, so they are read again.
 */
export function subjectText(subject: string | undefined, lines: readonly HeaderLine[]): string | undefined {
  if (subject === undefined || !subject.includes('\uFFFD')) return subject
  const line = lines.find(({ key }) => key === 'subject')?.line
  if (line === undefined || !highRun.test(line)) return subject
  return decodeBytes(line.slice(line.indexOf(':') + 1)).trim()
}

/**
 * The file name that a part of the message `raw` has. Bytes without a charset arrive as `Âàãîíû.xlsx`; the same letters in a
 * name that was properly encoded are meant, and then their bytes are not found in the message.
 */
export function fileNameText(name: string | undefined, raw: Buffer): string | undefined {
  if (name === undefined || beyondBytes.test(name)) return name
  const [longest] = (name.match(highRuns) ?? []).toSorted((a, b) => b.length - a.length)
  if (longest === undefined || !raw.includes(Buffer.from(longest, 'latin1'))) return name
  return decodeBytes(name)
}

const highRun = /[\u0080-\u00ff]/
const beyondBytes = /[\u0100-\uffff]/
const highRuns = /[\u0080-\u00ff]+/g

function decodeBytes(binary: string): string {
  return decodeText(Buffer.from(binary, 'latin1'))
}
