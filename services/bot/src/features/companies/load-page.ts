import type { companies } from '@atermtrack/data'
import { countPages, type Page } from '../../text/pages.ts'

/** Reads one page. A number beyond the last page reads the last page. */
export async function loadPage<T>(
  asked: number,
  size: number,
  read: (page: companies.Page) => Promise<companies.Paged<T>>,
): Promise<Page<T> & { readonly total: number }> {
  const found = await read({ offset: asked * size, limit: size })
  if (found.rows.length > 0 || asked === 0) return { ...found, page: asked, pages: countPages(found.total, size) }
  const { total } = await read({ offset: 0, limit: 1 })
  const pages = countPages(total, size)
  return { ...(await read({ offset: (pages - 1) * size, limit: size })), page: pages - 1, pages }
}
