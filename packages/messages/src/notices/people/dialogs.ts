import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { defineNotice } from '../notice.ts'

/** To somebody whose dialog with the bot was closed after a while. */
export const dialogClosed = defineNotice(z.object({}), (_, { language }) => ({
  html: catalogue[language].common.dialogClosed,
}))

/** To somebody whose file could not be fetched from Telegram. */
export const documentFailed = defineNotice(
  z.object({ reason: z.enum(['too_big', 'gone', 'unreachable']), fileName: z.string() }),
  ({ reason, fileName }, { language }) => ({ html: catalogue[language].documents.failed[reason](fileName) }),
)
