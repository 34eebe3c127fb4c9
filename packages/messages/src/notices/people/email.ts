import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { button, defineNotice, rowId } from '../notice.ts'

/** To the owner of an address: mail to it has stopped, because the mail server refuses it or because they asked for that. */
export const emailPaused = defineNotice(
  z.object({ id: rowId, address: z.string(), because: z.enum(['bounced', 'unsubscribed']) }),
  ({ id, address, because }, { language }) => {
    const words = catalogue[language].email
    if (because === 'bounced')
      return { html: words.bouncedNow(address), buttons: [[button(words.again, 'email-again', id)]] }
    return { html: words.unsubscribedNow(address), buttons: [[button(words.resume, 'email-resume', id)]] }
  },
)
