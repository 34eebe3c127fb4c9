import type { Language } from '../catalogue.ts'
import type { NoticeKind } from './kinds.ts'
import type { RenderedNotice } from './notice.ts'
import { notice, type NoticeParams, renderNotice } from './render.ts'

/** A notice as its reader gets it, after it was stored as JSON. */
export function rendered<Kind extends NoticeKind>(
  kind: Kind,
  params: NoticeParams<Kind>,
  language: Language = 'ru',
): RenderedNotice {
  const stored: unknown = JSON.parse(JSON.stringify(notice(kind, params)))
  const rendering = renderNotice(stored, { language, zone: 'Asia/Vladivostok', now: new Date('2026-06-30T12:00:00Z') })
  if (rendering.kind === 'unknown') throw new Error(rendering.reason)
  const { kind: _, ...content } = rendering
  return content
}

/** `wb-show:7` for each button. */
export function actionsOf({ buttons = [] }: RenderedNotice): readonly string[] {
  return buttons.flat().map(({ action, ids }) => [action, ...ids].join(':'))
}
