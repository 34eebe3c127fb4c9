import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeWhole } from '../../format/html.ts'
import { momentOf, recentMoment } from '../moments.ts'
import { defineNotice, instant } from '../notice.ts'

/** To an admin by e-mail: deliveries to Telegram are paused. */
export const sendingPaused = defineNotice(
  z.object({ reason: z.enum(['refused', 'unclear', 'token']), since: instant, zone: z.string() }),
  ({ reason, since, zone }, { language }) => {
    const { subject, text } = catalogue[language].sendingPause
    return { subject, html: escapeWhole(text(reason, momentOf(since, zone))) }
  },
)

/** To an admin: deliveries to Telegram go on after a pause. */
export const sendingResumed = defineNotice(
  z.object({ since: instant, zone: z.string() }),
  ({ since, zone }, { language, now }) => ({
    html: catalogue[language].deliveryNotes.resumed(recentMoment(since, zone, now)),
  }),
)
