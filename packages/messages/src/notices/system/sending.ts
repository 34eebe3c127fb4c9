import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeWhole } from '../../format/html.ts'
import { formatDateStamp } from '../../format/moments.ts'
import { defineNotice, instant, readerOfData } from '../notice.ts'

/** To an admin by e-mail: deliveries to Telegram are paused. */
export const sendingPaused = defineNotice(
  z.object({ reason: z.enum(['refused', 'unclear', 'token']), since: instant, zone: z.string() }),
  ({ reason, since, zone }, reader) => {
    const { subject, text } = catalogue[reader.language].sendingPause
    return { subject, html: escapeWhole(text(reason, formatDateStamp(since, readerOfData(reader, zone)))) }
  },
)

/** To an admin: deliveries to Telegram go on after a pause. */
export const sendingResumed = defineNotice(
  z.object({ since: instant, zone: z.string() }),
  ({ since, zone }, reader) => ({
    html: catalogue[reader.language].deliveryNotes.resumed(formatDateStamp(since, readerOfData(reader, zone))),
  }),
)
