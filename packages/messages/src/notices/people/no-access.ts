import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeWhole } from '../../format/html.ts'
import { defineNotice } from '../notice.ts'

/** Replaces a report that was stopped because its reader has no access now. */
export const noAccess = defineNotice(
  z.object({ because: z.enum(['closed', 'approval', 'group']), name: z.string().optional() }),
  ({ because, name }, { language }) => {
    const words = catalogue[language].noAccess
    return { html: escapeWhole(words.stopped(name)) + words.because[because] }
  },
)

/** Replaces an answer that was computed for rights that the reader no longer has. */
export const askAgain = defineNotice(z.object({}), (_, { language }) => ({
  html: catalogue[language].noAccess.askAgain,
}))
