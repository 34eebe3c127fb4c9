import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeWhole } from '../../format/html.ts'
import { formatDateStamp } from '../../format/moments.ts'
import { defineNotice, instant, readerOfData } from '../notice.ts'

/** To an admin: a backup has failed, or none has succeeded for long. `zone` is that of the times where the reader has chosen none. */
export const backupAlarm = defineNotice(
  z.object({
    zone: z.string(),
    alarm: z.discriminatedUnion('name', [
      z.object({ name: z.literal('backup-failed'), error: z.string(), lastAt: instant.optional() }),
      z.object({ name: z.literal('backup-overdue'), hours: z.number(), lastAt: instant.optional() }),
    ]),
  }),
  ({ alarm, zone }, reader) => {
    const { backups: words, duration } = catalogue[reader.language]
    const { lastAt } = alarm
    const last = lastAt ? words.last(formatDateStamp(lastAt, readerOfData(reader, zone))) : words.never
    const parts =
      alarm.name === 'backup-failed'
        ? [`💾 <b>${words.failed}</b>`, `<code>${escapeWhole(alarm.error)}</code>`, last, words.failedHint]
        : [`💾 <b>${words.overdue(duration(alarm.hours * 60))}</b>`, last, words.overdueHint]
    return { html: parts.join('\n') }
  },
)

/** To an admin: a backup has succeeded again. */
export const backupRecovered = defineNotice(
  z.object({ zone: z.string(), madeAt: instant }),
  ({ zone, madeAt }, reader) => ({
    html: `✅ ${catalogue[reader.language].backups.recovered(formatDateStamp(madeAt, readerOfData(reader, zone)))}`,
  }),
)
