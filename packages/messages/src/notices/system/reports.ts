import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeHtml } from '../../format/html.ts'
import { formatDateStamp, formatDateTime } from '../../format/moments.ts'
import { defineNotice, instant, readerOfData } from '../notice.ts'

/** To an admin: reports of a slot waited for newer data in vain and left with old ones. */
export const reportsStale = defineNotice(
  z.object({
    plannedAt: instant,
    zone: z.string(),
    /** Of the source; left out where the reports waited for any. */
    sender: z.string().optional(),
    reportNumber: z.string().optional(),
    /** When it was last heard. */
    heardAt: instant.optional(),
  }),
  ({ plannedAt, zone, sender, reportNumber, heardAt }, reader) => {
    const words = catalogue[reader.language].subscriptionNotices
    const ofData = readerOfData(reader, zone)
    const source = [sender, reportNumber].filter((part) => part !== undefined && part !== '').join(', ')
    return {
      html: [
        `⏳ <b>${words.stale(formatDateStamp(plannedAt, ofData))}</b>`,
        ...(source === '' ? [] : [words.source(escapeHtml(source))]),
        ...(heardAt ? [words.heard(formatDateTime(heardAt, ofData))] : []),
      ].join('\n'),
    }
  },
)
