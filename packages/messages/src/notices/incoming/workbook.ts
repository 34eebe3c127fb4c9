import { cutText, isAcceptable, isMappable, type SheetKind } from '@atermtrack/domain'
import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { escapeHtml, escapeWhole } from '../../format/html.ts'
import { formatStamp } from '../../format/moments.ts'
import { button, defineNotice, instant, rowId, type NoticeReader, readerOfData } from '../notice.ts'
import { isSaidInReason, reasonSentence } from './workbook-reasons.ts'

const detailLength = 300

const sheetKind = z.enum(['dislocation', 'terminal_report', 'train_roster'])

/** What is known about a workbook when its import ends. */
const workbook = z.object({
  id: rowId,
  fileName: z.string(),
  sender: z.string().nullish(),
  kind: sheetKind.nullish(),
  rowCount: z.int().nullish(),
  skippedCount: z.int().nullish(),
  stamp: instant.nullish(),
  zone: z.string().nullish(),
  reason: z.string().nullish(),
  reasonDetail: z.string().nullish(),
})

const completedWorkbook = workbook.extend({
  status: z.enum(['imported', 'history_only', 'duplicate', 'held', 'quarantined', 'refused']),
  newContainers: z.int().nullish(),
  trainCode: z.string().nullish(),
})

type Workbook = z.output<typeof workbook>
type CompletedWorkbook = z.output<typeof completedWorkbook>

/** The name of a kind of workbook, for people. */
export function kindName(kind: SheetKind, language: Language): string {
  return catalogue[language].workbookNotices[kind]
}

/** To an admin: a quarantined workbook, with what can be done about it. */
export const workbookWaits = defineNotice(
  workbook.extend({
    /** The person who sent it by hand may have it back with statuses. */
    isOwn: z.boolean().optional(),
    /** A file with the same bytes that an admin has rejected. */
    rejectedDuplicate: rowId.nullish(),
  }),
  (file, reader) => {
    const { language } = reader
    const { id, kind, isOwn, rejectedDuplicate } = file
    const reason = file.reason ?? ''
    const words = catalogue[language].workbookNotices
    const detail = isSaidInReason(reason) ? undefined : (file.reasonDetail ?? undefined)
    const lines = [
      ...head(file, `🛑 <b>${words.waitsForYou}</b>`),
      ...(kind ? [facts(file, reader)] : []),
      `${words.reason}: ${sentence(file, language)}`,
      ...(detail === undefined ? [] : [`<blockquote expandable>${escapeWhole(shortened(detail))}</blockquote>`]),
      ...(rejectedDuplicate ? [`♻️ ${words.rejectedBefore(rejectedDuplicate)}`] : []),
    ]
    const buttons = [
      [button(words.show, 'wb-show', id), ...(isAcceptable(reason) ? [button(words.accept, 'wb-accept', id)] : [])],
      [
        ...(isMappable(reason, kind) ? [button(words.mapColumns, 'wb-teach', id)] : []),
        button(words.reject, 'wb-reject', id),
      ],
      ...(isOwn ? [[button(words.annotate, 'wb-annotate', id)]] : []),
    ]
    return { html: lines.join('\n'), buttons }
  },
)

/** To an admin: a workbook that came by itself and cannot be read. */
export const workbookRefused = defineNotice(workbook, (file, { language }) => {
  const words = catalogue[language].workbookNotices
  const lines = [...head(file, `⛔ <b>${words.refusedFile}</b>`), `${words.reason}: ${sentence(file, language)}`]
  const row = [button(words.show, 'wb-show', file.id), button(words.original, 'wb-file', file.id)]
  return { html: lines.join('\n'), buttons: [row] }
})

/**
 * The result of an import, for the person who sent the workbook by hand or asked for the import. An admin can also add train
 * details and look at the file.
 */
export const workbookResult = defineNotice(completedWorkbook.extend({ isAdmin: z.boolean() }), (file, reader) => {
  const { language } = reader
  const { id, fileName, status, kind, isAdmin } = file
  const words = catalogue[language].workbookNotices
  const lines = [`📄 ${escapeHtml(fileName)}${isAdmin ? ` №${id}` : ''}`, resultLine(file, reader)]
  const offersStation = isAdmin && kind === 'train_roster' && status === 'imported'
  const buttons = [
    ...(offersStation ? [[button(words.transshipment, 'wb-station', id)]] : []),
    ...(status === 'quarantined' ? [[button(words.annotate, 'wb-annotate', id)]] : []),
    ...(isAdmin ? [[button(words.show, 'wb-show', id)]] : []),
  ]
  return { html: lines.join('\n'), buttons }
})

/** For the person who sent a file that is no report: it comes back with statuses. An admin may still define its columns. */
export const workbookGivenBack = defineNotice(
  z.object({ id: rowId, fileName: z.string(), isAdmin: z.boolean() }),
  ({ id, fileName, isAdmin }, { language }) => {
    const words = catalogue[language].workbookNotices
    const row = [button(words.show, 'wb-show', id), button(words.mapColumns, 'wb-teach', id)]
    return { html: `📄 ${escapeHtml(fileName)}\n${words.noReport}`, buttons: isAdmin ? [row] : [] }
  },
)

function resultLine(file: CompletedWorkbook, reader: NoticeReader): string {
  const { language } = reader
  const words = catalogue[language].workbookNotices
  const { status, reason } = file
  const why = sentence(file, language)
  if (status === 'refused') return `⛔ ${words.refused}: ${why}`
  if (status === 'quarantined') return `🛑 ${words.waits}: ${why}`
  if (status === 'duplicate') return `♻️ ${capitalised(why)}`
  const held = `${words.files(file.rowCount ?? 0)}: ${why}`
  if (reason === 'unpacked') return `📦 ${words.archive}, ${held}`
  if (reason === 'message_opened') return `📨 ${words.message}, ${held}`
  const what = facts(file, reader)
  return status === 'imported' ? `✅ ${what}` : `🕓 ${what}\n${capitalised(why)}`
}

/** `Дислокация, 1 204 строки, данные на сегодня 08:00 МСК (2 сентября); 37 новых` */
function facts(file: Workbook & Partial<CompletedWorkbook>, reader: NoticeReader): string {
  const words = catalogue[reader.language].workbookNotices
  const { kind, trainCode, rowCount, stamp, zone } = file
  const newContainers = file.newContainers ?? 0
  const skippedCount = file.skippedCount ?? 0
  const title = [kind && words[kind], trainCode].filter(Boolean).join(' ')
  const rows = rowCount === undefined || rowCount === null ? undefined : words.rows(rowCount)
  const when = stamp && words.asOf(formatStamp(stamp, readerOfData(reader, zone)))
  const main = [title, rows, when].filter(Boolean).join(', ')
  const news = newContainers > 0 ? [words.fresh(newContainers)] : []
  const losses = skippedCount > 0 ? [words.skipped(skippedCount)] : []
  return [main, ...news, ...losses].join('; ')
}

function head({ id, fileName, sender }: Workbook, title: string): string[] {
  return [`${title} №${id}`, `📄 ${escapeHtml(fileName)}`, ...(sender ? [`✉️ ${escapeHtml(sender)}`] : [])]
}

function sentence(file: Workbook, language: Language): string {
  return escapeWhole(reasonSentence(file.reason ?? '', language, file))
}

function shortened(text: string): string {
  return text.length <= detailLength ? text : `${cutText(text, detailLength)}…`
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
