import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeHtml } from '../../format/html.ts'
import { formatDateStamp, formatDateTime } from '../../format/moments.ts'
import { button, defineNotice, instant, rowId, readerOfData } from '../notice.ts'

/** To an admin: a report that was imported although times in it, or in another one, cannot be right. */
export const importDoubtful = defineNotice(
  z.object({
    id: rowId,
    fileName: z.string(),
    sender: z.string().nullish(),
    stamp: instant.nullish(),
    zone: z.string().nullish(),
    /** Rows that were refused because their time is later than the arrival of the file. */
    futureCount: z.int(),
    /** Why the report went into the history only, although none was received after it. */
    ahead: z.object({ id: rowId, fileName: z.string(), stamp: instant, zone: z.string().nullable() }).optional(),
  }),
  ({ id, fileName, sender, futureCount, ahead, stamp, zone }, reader) => {
    const words = catalogue[reader.language].doubtfulImport
    const ofData = readerOfData(reader, zone)
    const lines = [
      `⚠️ <b>${ahead ? words.behind : words.partly}</b> №${id}`,
      `📄 ${escapeHtml(fileName)}`,
      ...(sender ? [`✉️ ${escapeHtml(sender)}`] : []),
      ...(ahead && stamp ? [words.asOf(formatDateStamp(stamp, ofData))] : []),
      ...(ahead
        ? [words.ahead(`№${ahead.id} (${escapeHtml(ahead.fileName)})`, formatDateTime(ahead.stamp, ofData))]
        : []),
      ...(ahead ? [words.advice] : []),
      ...(futureCount > 0 ? [words.future(futureCount)] : []),
    ]
    const show = button(words.show, 'wb-show', id)
    const inspect = ahead && button(`👁 №${ahead.id}`, 'wb-show', ahead.id)
    const undo = ahead && button(words.undo(ahead.id), 'wb-undo', ahead.id)
    return { html: lines.join('\n'), buttons: [[show, ...(inspect ? [inspect] : [])], ...(undo ? [[undo]] : [])] }
  },
)
