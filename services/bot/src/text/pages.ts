import type { InlineKeyboardButton } from 'telegraf/types'

export interface Page<T> {
  readonly rows: readonly T[]
  /** From 0. */
  readonly page: number
  readonly pages: number
}

/** One page of `items`; a page beyond the last is the last. */
export function pageOf<T>(items: readonly T[], asked: number, size: number): Page<T> {
  const pages = countPages(items.length, size)
  const page = Math.min(asked, pages - 1)
  return { rows: items.slice(page * size, (page + 1) * size), page, pages }
}

/** At least one. */
export function countPages(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size))
}

/** The row `‹ 2/7 ›` of buttons that lead to other pages; no row for a single page. */
export function pageRow(
  { page, pages }: { readonly page: number; readonly pages: number },
  dataOf: (page: number) => string,
): InlineKeyboardButton[][] {
  if (pages === 1) return []
  const to = (text: string, target: number) => ({ text, callback_data: dataOf(target) })
  return [
    [
      ...(page > 0 ? [to('‹', page - 1)] : []),
      to(`${page + 1}/${pages}`, page),
      ...(page < pages - 1 ? [to('›', page + 1)] : []),
    ],
  ]
}
