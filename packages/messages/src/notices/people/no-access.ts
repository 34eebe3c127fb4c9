import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeWhole } from '../../format/html.ts'
import { defineNotice } from '../notice.ts'

/** What somebody reads in place of a report that was stopped because they have no access now. */
export const noAccess = defineNotice(
  z.object({ because: z.enum(['closed', 'approval', 'group']), name: z.string().optional() }),
  ({ because, name }, { language }) => {
    const words = catalogue[language].noAccess
    return { html: escapeWhole(words.stopped(name)) + words.because[because] }
  },
)

/** What somebody reads in place of an answer that was worked out for the rights they had before. */
export const askAgain = defineNotice(z.object({}), (_, { language }) => ({
  html: catalogue[language].noAccess.askAgain,
}))
