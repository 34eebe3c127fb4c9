import type { InlineKeyboardButton } from 'telegraf/types'
import { callbackData } from '../routing/callback-data.ts'

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

/** The number of a page out of a button; the first one when it is none. */
export function parsePage(text: string | undefined): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0
}

/** The row `‹ 2/7 ›` whose buttons carry the page after `ids`; no row when there is one page. */
export function pageRow(
  { page, pages }: { readonly page: number; readonly pages: number },
  action: string,
  ...ids: readonly string[]
): InlineKeyboardButton[][] {
  if (pages === 1) return []
  const to = (text: string, target: number) => ({ text, callback_data: callbackData(action, ...ids, target) })
  return [
    [
      ...(page > 0 ? [to('‹', page - 1)] : []),
      to(`${page + 1}/${pages}`, page),
      ...(page < pages - 1 ? [to('›', page + 1)] : []),
    ],
  ]
}
