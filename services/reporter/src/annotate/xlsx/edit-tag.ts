import { indexOfAttribute, isEmptyElement, type XmlTag } from '@atermtrack/workbook-reader/package'
import type { PartCopy } from './part-copy.ts'

interface AttributeName {
  readonly hash: number
  readonly name: string
}

/** Gives an element that is copied an attribute, or another value of it. */
export function setAttribute(copy: PartCopy, tag: XmlTag, { hash, name }: AttributeName, value: string): void {
  const index = indexOfAttribute(tag, hash)
  const { bytes, to, valueFrom, valueTo } = tag
  if (index !== -1) copy.replace(bytes, valueFrom[index] ?? to, valueTo[index] ?? to, value)
  else copy.insert(bytes, to - (isEmptyElement(tag) ? 2 : 1), ` ${name}="${value}"`)
}

/** Leaves out an attribute of an element that is copied, and the blank in front of it. */
export function removeAttribute(copy: PartCopy, tag: XmlTag, hash: number): void {
  const index = indexOfAttribute(tag, hash)
  const { bytes, to, nameFrom, valueTo } = tag
  if (index !== -1) copy.replace(bytes, (nameFrom[index] ?? to) - 1, (valueTo[index] ?? to) + 1, '')
}
