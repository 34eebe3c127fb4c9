import { isoText } from '@atermtrack/domain'

type Value = string | number | boolean | Date | undefined

/** One line of PostgreSQL's COPY text format. */
export function copyLine(values: readonly Value[]): string {
  let line = ''
  for (let index = 0; index < values.length; index += 1) {
    if (index > 0) line += '\t'
    line += encode(values[index])
  }
  return `${line}\n`
}

function encode(value: Value): string {
  if (value === undefined) return '\\N'
  if (typeof value === 'string') return needsEscape.test(value) ? value.replace(escapable, escape) : value
  if (typeof value === 'boolean') return value ? 't' : 'f'
  return value instanceof Date ? isoText(value) : String(value)
}

const needsEscape = /[\\\t\n\r]/
const escapable = /[\\\t\n\r]/g

function escape(character: string): string {
  return character === '\t' ? '\\t' : character === '\n' ? '\\n' : character === '\r' ? '\\r' : '\\\\'
}
