import { findNameEnd } from './xml-scanner.ts'
import { createXmlTag, readTag, type XmlTag } from './xml-tag.ts'

// Tags here are strings of bytes, as tokens hold them: parts without a change keep their bytes.

/** Used by one call at a time. */
const parsed = createXmlTag()

/** The value of an attribute as it is written in a tag. */
export function writtenAttribute(tag: string, name: string): string | undefined {
  const index = find(tag, name)
  return index === -1 ? undefined : tag.slice(parsed.valueFrom[index], parsed.valueTo[index])
}

/** A whole number out of an attribute; undefined when it holds none. */
export function writtenCount(tag: string, name: string): number | undefined {
  const text = writtenAttribute(tag, name)
  return text !== undefined && /^\d{1,8}$/u.test(text) ? Number(text) : undefined
}

/** The tag with an attribute set; `value` must be fit for quotes. */
export function withAttribute(tag: string, name: string, value: string | number): string {
  const bare = withoutAttribute(tag, name)
  return bare.replace(/\s*(\/?>)$/u, (_, end: string) => ` ${name}="${value}"${end}`)
}

/** The tag without an attribute and the blank before it. */
export function withoutAttribute(tag: string, name: string): string {
  const index = find(tag, name)
  if (index === -1) return tag
  return tag.slice(0, (parsed.nameFrom[index] ?? 0) - 1) + tag.slice((parsed.valueTo[index] ?? 0) + 1)
}

/** The place of an attribute among those of the parsed tag. */
function find(tag: string, name: string): number {
  const bytes = Buffer.from(tag, 'latin1')
  readTag(parsed, bytes, findNameEnd(bytes, 1))
  for (let index = 0; index < parsed.count; index++) if (isNamed(parsed, index, tag, name)) return index
  return -1
}

function isNamed({ nameFrom, nameTo }: XmlTag, index: number, tag: string, name: string): boolean {
  const from = nameFrom[index] ?? 0
  return (nameTo[index] ?? 0) - from === name.length && tag.startsWith(name, from)
}
