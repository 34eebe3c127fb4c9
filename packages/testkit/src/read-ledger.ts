import type { Db } from '@atermtrack/data'
import { languageOf, renderNotice, type RenderedNotice, toPlainText } from '@atermtrack/messages'
import { sql } from 'kysely'

/** A row of the ledger with the text that its reader would get now. */
export interface LedgerRow {
  readonly id: number
  readonly channel: string
  readonly kind: string
  readonly audience: string
  readonly status: string
  readonly chatId: number | null
  readonly reportId: number | null
  readonly address: string
  readonly emailAddressId: number | null
  readonly notBefore: Date | null
  readonly subject: string | null
  readonly text: string
  readonly markup: unknown
}

interface StoredRow extends Omit<LedgerRow, 'text'> {
  readonly text: string | null
  readonly notice: unknown
  readonly language: string | null
}

/** Zone of the times that a reader without a zone of their own gets. */
const zone = 'Asia/Vladivostok'

/** The rows of the ledger in their order, as the senders render them. */
export async function readLedger(db: Db, { chatId }: { readonly chatId?: number } = {}): Promise<readonly LedgerRow[]> {
  const rows = await db
    .selectFrom('delivery')
    .leftJoin('person', (join) =>
      join.on(
        sql<boolean>`(person.telegram_id = delivery.chat_id or delivery.chat_id is null and person.id = delivery.person_id)`,
      ),
    )
    .select(['delivery.id', 'channel', 'kind', 'audience', 'status', 'chatId', 'reportId', 'address', 'emailAddressId'])
    .select(['notBefore', 'subject', 'text', 'markup', 'notice'])
    .select(sql<string | null>`coalesce(person.chosen_language, person.language)`.as('language'))
    .$if(chatId !== undefined, (qb) => qb.where('chatId', '=', chatId ?? 0))
    .orderBy('delivery.id')
    .execute()
  return rows.map(toRow)
}

function toRow({ notice, language, ...row }: StoredRow): LedgerRow {
  if (notice === null) return { ...row, text: row.text ?? '' }
  const rendered = renderNotice(notice, { language: languageOf(language), zone, now: new Date() })
  if (rendered.kind === 'unknown') throw new Error(rendered.reason)
  if (row.channel === 'email') return { ...row, subject: rendered.subject ?? null, text: toPlainText(rendered.html) }
  return { ...row, text: rendered.html, markup: keyboardOf(rendered) }
}

function keyboardOf({ buttons = [] }: RenderedNotice) {
  if (buttons.length === 0) return null
  const toButton = (button: (typeof buttons)[number][number]) => ({
    text: button.text,
    callback_data: ['v1', button.action, ...button.ids].join(':'),
  })
  return { inline_keyboard: buttons.map((row) => row.map(toButton)) }
}
