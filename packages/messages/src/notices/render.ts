import { z } from 'zod'
import { type NoticeKind, noticeKinds } from './kinds.ts'
import type { NoticeDefinition, NoticeReader, RenderedNotice } from './notice.ts'

/** The parameters that a kind of notice is written with. */
export type NoticeParams<Kind extends NoticeKind> = z.input<(typeof noticeKinds)[Kind]['params']>

/** A notice as it is stored: a kind and what is to be said about. */
export interface Notice {
  readonly kind: NoticeKind
  readonly params: object
}

/** A notice for the ledger. Fields that its kind does not declare are left out. */
export function notice<Kind extends NoticeKind>(kind: Kind, params: NoticeParams<Kind>): Notice {
  return { kind, params: definitionOf(kind).params.parse(params) as object }
}

export type Rendering =
  | ({ readonly kind: 'rendered' } & RenderedNotice)
  /** It was written by a release with other kinds of notices. */
  | { readonly kind: 'unknown'; readonly reason: string }

const stored = z.object({ kind: z.string(), params: z.unknown().optional() })

/** A stored notice in the language of its reader. It never throws about what is stored. */
export function renderNotice(row: unknown, reader: NoticeReader): Rendering {
  const { data: notice } = stored.safeParse(row)
  if (!notice) return { kind: 'unknown', reason: 'the notice cannot be rendered: it has no kind' }
  if (!isKind(notice.kind))
    return { kind: 'unknown', reason: `the notice cannot be rendered: this release knows no kind "${notice.kind}"` }
  const { params, render } = definitionOf(notice.kind)
  const parsed = params.safeParse(notice.params)
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.') || 'params').join(', ')
    return { kind: 'unknown', reason: `the notice "${notice.kind}" cannot be rendered: bad parameters (${fields})` }
  }
  try {
    return { kind: 'rendered', ...render(parsed.data, reader) }
  } catch (error) {
    return { kind: 'unknown', reason: `the notice "${notice.kind}" cannot be rendered: ${String(error)}` }
  }
}

function isKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(noticeKinds, kind)
}

function definitionOf(kind: NoticeKind): NoticeDefinition<z.ZodType> {
  return noticeKinds[kind]
}
