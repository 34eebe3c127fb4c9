import { isEmptyElement, nameHash, type XmlTag } from '@atermtrack/workbook-reader/package'
import type { PartCopy } from '../part-copy.ts'
import { escapeToBytes, tagText, toByteText } from '../parts/part-bytes.ts'
import { changeRule, type RuleChange } from './change-rule.ts'

/** Holds the validations and conditional formats of a sheet back while it is copied, and puts changed ones in their place. */
export interface RuleCopy {
  /** Each takes a mark of the sheet, and returns whether it belongs to a rule. */
  open(name: number, tag: XmlTag): boolean
  close(name: number, end: Pick<XmlTag, 'bytes' | 'from' | 'to'>): boolean
  text(bytes: Buffer, from: number, to: number, literal: boolean): void
}

/** Excel writes a rule that names another sheet as an extension. */
const extension = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main'
const rules: ReadonlySet<number> = new Set(
  ['dataValidation', 'conditionalFormatting'].flatMap((name) => [nameHash(name), nameHash(`${extension}:${name}`)]),
)

/** Rules are as small as people type them, and stand together below the rows. */
export function createRuleCopy(copy: PartCopy, change: RuleChange): RuleCopy {
  const hasChange = change.shift !== undefined || change.appended !== undefined
  let rule: { readonly name: number; xml: string } | undefined
  return {
    open(name, tag) {
      if (rule) rule.xml += tagText(tag)
      if (rule || !hasChange || !rules.has(name)) return rule !== undefined
      const { bytes, from, to } = tag
      if (isEmptyElement(tag)) copy.replace(bytes, from, to, changeRule(tagText(tag), change))
      else {
        rule = { name, xml: tagText(tag) }
        copy.drop(bytes, from)
      }
      return true
    },
    close(name, { bytes, from, to }) {
      if (!rule) return false
      rule.xml += toByteText(bytes.subarray(from, to))
      if (name !== rule.name || from === to) return true
      copy.resume(to)
      copy.insert(bytes, to, changeRule(rule.xml, change))
      rule = undefined
      return true
    },
    text(bytes, from, to, literal) {
      if (!rule) return
      const piece = bytes.subarray(from, to)
      rule.xml += literal ? escapeToBytes(piece.toString('utf8')) : toByteText(piece)
    },
  }
}
