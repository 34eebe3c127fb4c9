import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeHtml } from '../../format/html.ts'
import { momentOf } from '../moments.ts'
import { defineNotice, instant } from '../notice.ts'

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
  ({ plannedAt, zone, sender, reportNumber, heardAt }, { language }) => {
    const words = catalogue[language].subscriptionNotices
    const source = [sender, reportNumber].filter((part) => part !== undefined && part !== '').join(', ')
    return {
      html: [
        `⏳ <b>${words.stale(momentOf(plannedAt, zone))}</b>`,
        ...(source === '' ? [] : [words.source(escapeHtml(source))]),
        ...(heardAt ? [words.heard(momentOf(heardAt, zone))] : []),
      ].join('\n'),
    }
  },
)
