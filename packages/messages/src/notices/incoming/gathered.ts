import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeHtml, escapeWhole } from '../../format/html.ts'
import { button, defineNotice } from '../notice.ts'
import { mailReasonSentence, reasonSentence } from './workbook-reasons.ts'

const longestName = 80
const reasonsShown = 8

/** To an admin: what came within a period beyond the single notices, with a button that opens the list. */
export const gatheredNotices = defineNotice(
  z.object({
    topic: z.enum(['strangers', 'files', 'mail']),
    gathered: z.int(),
    /** How many of the gathered have each reason. */
    reasons: z.record(z.string(), z.int()),
    /** Names of the newest gathered ones, the newest first. */
    newest: z.array(z.string()),
  }),
  ({ topic, gathered, reasons, newest }, { language }) => {
    const words = catalogue[language].gathered
    const sentence = topic === 'mail' ? mailReasonSentence : reasonSentence
    const counts = Object.entries(reasons)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, reasonsShown)
    const lines = [
      words[topic](gathered),
      ...counts.map(([reason, count]) => `• ${count}: ${escapeWhole(sentence(reason, language))}`),
      `${words.newest}:`,
      ...newest.map((name) => `📄 ${escapeHtml(name.slice(0, longestName))}`),
    ]
    const open = topic === 'mail' ? button(words.openMail, 'wb-open', 'mail') : button(words.open, 'wb-open', 'files')
    return { html: lines.join('\n'), buttons: [[open]] }
  },
)
