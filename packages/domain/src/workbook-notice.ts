import { escapeHtml } from './html.ts'
import type { SheetKind } from './recognise-sheet.ts'
import { reasonSentence } from './workbook-reasons.ts'

/** What is told of a workbook that waits for an admin's word. */
export interface QuarantinedWorkbook {
  readonly id: number
  readonly fileName: string
  readonly sender: string | null
  readonly kind?: SheetKind
  readonly rowCount?: number
  readonly reason?: string
  readonly reasonDetail?: string
}

interface Button {
  readonly text: string
  readonly callback_data: string
}

/** A message of Telegram HTML with its inline keyboard. */
export interface Notice {
  readonly html: string
  readonly keyboard: { readonly inline_keyboard: readonly (readonly Button[])[] }
}

const kindNames: Readonly<Record<SheetKind, string>> = {
  dislocation: 'Дислокация',
  terminal_report: 'Отчёт терминала',
  train_roster: 'Список поезда',
}
const detailLength = 300
/** What can be let in by a word; the others need a lesson or a better file. */
const passable: ReadonlySet<string> = new Set(['unknown_sender', 'future_stamp', 'shrunk', 'undone'])
const teachable: ReadonlySet<string> = new Set(['unknown_layout', 'missing_columns'])

/** The message to the admins about a quarantined workbook, with what they can do about it. Russian: admins read it. */
export function quarantineNotice(workbook: QuarantinedWorkbook): Notice {
  const { id, fileName, sender, kind, rowCount, reason = '', reasonDetail } = workbook
  const what = [kind && kindNames[kind], rowCount === undefined ? undefined : `строк: ${rowCount}`]
    .filter(Boolean)
    .join(', ')
  const lines = [
    `🛑 <b>Файл ждёт решения</b> №${id}`,
    `📄 ${escapeHtml(fileName)}`,
    sender === null ? undefined : `✉️ ${escapeHtml(sender)}`,
    what === '' ? undefined : what,
    `Причина: ${escapeHtml(reasonSentence(reason))}`,
    reasonDetail === undefined
      ? undefined
      : `<blockquote expandable>${escapeHtml(reasonDetail.slice(0, detailLength))}</blockquote>`,
  ]
  const button = (text: string, action: string): Button => ({ text, callback_data: `v1:${action}:${id}` })
  const rows = [
    [button('👁 Показать', 'wb-show'), ...(passable.has(reason) ? [button('✅ Принять всё же', 'wb-accept')] : [])],
    [...(teachable.has(reason) ? [button('🎓 Научить', 'wb-teach')] : []), button('🗑 Отклонить', 'wb-reject')],
  ]
  return { html: lines.filter((line) => line !== undefined).join('\n'), keyboard: { inline_keyboard: rows } }
}
