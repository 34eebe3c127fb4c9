import { withAttribute, writtenAttribute, writtenCount } from '@atermtrack/workbook-reader/package'
import type { StatusColumn } from '../plan/plan.ts'

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
    const [min, max] = [writtenCount(tag, 'min') ?? 0, writtenCount(tag, 'max') ?? 0]
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
    tag: newTag({ prefix, width, number: from + index, covering: tags.find((tag) => covers(tag, from + index)) }),
  }))
  return [...others, ...own]
    .toSorted((a, b) => a.min - b.min)
    .map(({ tag }) => tag)
    .join('')
}

interface NewColumn {
  readonly prefix: string
  readonly width: number
  /** One-based. */
  readonly number: number
  /** The tag that covers this column so far. */
  readonly covering: string | undefined
}

/** Blank cells look as they did; a column that was hidden with all others to the right is shown. */
function newTag({ prefix, width, number, covering = '' }: NewColumn): string {
  const kept = ['style', 'collapsed'].flatMap((name) => {
    const value = writtenAttribute(covering, name)
    return value === undefined ? [] : [` ${name}="${value}"`]
  })
  return `<${prefix}col min="${number}" max="${number}" width="${width}" customWidth="1"${kept.join('')}/>`
}

function covers(tag: string, number: number): boolean {
  return (writtenCount(tag, 'min') ?? 0) <= number && number <= (writtenCount(tag, 'max') ?? 0)
}
