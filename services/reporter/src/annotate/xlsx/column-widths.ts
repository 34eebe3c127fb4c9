import type { StatusColumn } from '../plan.ts'
import { countOf, withAttribute } from './xml-attributes.ts'

interface WidthPlan {
  /** Of the elements of the sheet, with its colon. */
  readonly prefix: string
  /** Zero-based. */
  readonly firstColumn: number
  readonly columns: readonly StatusColumn[]
}

/** The tags of `<cols>` with the appended columns among them; ranges that cover those are cut. */
export function withNewWidths(tags: readonly string[], { prefix, firstColumn, columns }: WidthPlan): string {
  const [from, to] = [firstColumn + 1, firstColumn + columns.length]
  const others = tags.flatMap((tag) => {
    const [min, max] = [countOf(tag, 'min') ?? 0, countOf(tag, 'max') ?? 0]
    const parts = [
      { min, max: Math.min(max, from - 1) },
      { min: Math.max(min, to + 1), max },
    ]
    return parts.flatMap((part) =>
      part.min > part.max
        ? []
        : [{ min: part.min, tag: withAttribute(withAttribute(tag, 'min', part.min), 'max', part.max) }],
    )
  })
  const own = columns.map(({ width }, index) => ({
    min: from + index,
    tag: `<${prefix}col min="${from + index}" max="${from + index}" width="${width}" customWidth="1"/>`,
  }))
  return [...others, ...own]
    .toSorted((a, b) => a.min - b.min)
    .map(({ tag }) => tag)
    .join('')
}
