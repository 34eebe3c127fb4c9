import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import type { Language } from '../../catalogue.ts'
import { button, defineNotice, rowId } from '../notice.ts'

const counts = z.object({
  total: z.int(),
  sent: z.int(),
  blocked: z.int(),
  failed: z.int(),
  unknown: z.int(),
  cancelled: z.int(),
})

/** How far the sending of a broadcast is, in lines of HTML. */
export function broadcastLines(
  status: keyof ReturnType<typeof wordsIn>['title'],
  { sent, total, blocked, failed, unknown, cancelled }: z.output<typeof counts>,
  language: Language,
): readonly string[] {
  const words = wordsIn(language)
  return [
    `📣 <b>${words.title[status]}</b>`,
    words.sent(sent, total),
    ...(blocked > 0 ? [words.blocked(blocked)] : []),
    ...(failed > 0 ? [words.failed(failed)] : []),
    ...(unknown > 0 ? [words.unknown(unknown)] : []),
    ...(cancelled > 0 ? [words.cancelledCount(cancelled)] : []),
  ]
}

/** To the author of a broadcast: how it ended. */
export const broadcastDone = defineNotice(z.object({ id: rowId, counts }), ({ id, counts }, { language }) => {
  const showUnknown = button(wordsIn(language).showUnknown(counts.unknown), 'unknown-show', id)
  return {
    html: broadcastLines('done', counts, language).join('\n'),
    buttons: counts.unknown > 0 ? [[showUnknown]] : [],
  }
})

function wordsIn(language: Language) {
  return catalogue[language].broadcast
}
