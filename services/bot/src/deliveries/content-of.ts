import type { deliveries } from '@atermtrack/data'
import { languageOf, type NoticeButton, type RenderedNotice, renderNotice } from '@atermtrack/messages'
import { callbackData } from '../routing/callback-data.ts'
import { menuKeyboard } from '../routing/menu.ts'

interface Message {
  /** Telegram HTML. */
  readonly text: string | undefined
  readonly markup: object | undefined
  /** It comes without a sound, whatever the hour. */
  readonly isSilent?: boolean
}

/** The content of a delivery, or the reason why this release cannot render it. */
export type Content =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'unknown'; readonly reason: string }

type Claimed = Pick<deliveries.ClaimedDelivery, 'notice' | 'text' | 'markup' | 'reader'>

/** The finished text of a delivery, or its notice in the language that its reader currently uses. */
export function contentOf({ notice, text, markup, reader }: Claimed, scheduleZone: string, now: Date): Content {
  if (notice === undefined) return { kind: 'message', message: { text, markup: toMarkup(markup) } }
  const language = languageOf(reader.language)
  const rendered = renderNotice(notice, { language, zone: reader.zone ?? scheduleZone, chosenZone: reader.zone, now })
  if (rendered.kind === 'unknown') return rendered
  const { withMenu } = rendered
  const keyboard = withMenu ? menuKeyboard(language, { isAdmin: withMenu === 'admin' }) : inlineKeyboard(rendered)
  return {
    kind: 'message',
    message: { text: rendered.html, markup: keyboard, ...(rendered.isSilent && { isSilent: true }) },
  }
}

/** The buttons of a notice as Telegram shows them; undefined for none. */
export function inlineKeyboard({ buttons = [] }: Pick<RenderedNotice, 'buttons'>) {
  const rows = buttons.filter((row) => row.length > 0)
  return rows.length === 0 ? undefined : { inline_keyboard: rows.map((row) => row.map(toButton)) }
}

function toButton({ text, action, ids }: NoticeButton) {
  return { text, callback_data: callbackData(action, ids.map(String)) }
}

function toMarkup(markup: Claimed['markup']): object | undefined {
  return typeof markup === 'object' && markup !== null ? markup : undefined
}
