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

const recall = z.object({ due: z.int(), deleted: z.int(), kept: z.int() })

/** How far the sending of a broadcast is, in lines of HTML. */
export function broadcastLines(
  status: keyof ReturnType<typeof wordsIn>['title'],
  { sent, total, blocked, failed, unknown, cancelled }: z.output<typeof counts>,
  language: Language,
): readonly string[] {
  const words = wordsIn(language)
  return [
    `📣 <b>${words.title[status]}</b>`,
    // Until the audience is known there is nothing to count.
    ...(total > 0 ? [words.sent(sent, total)] : []),
    ...(blocked > 0 ? [words.blocked(blocked)] : []),
    ...(failed > 0 ? [words.failed(failed)] : []),
    ...(unknown > 0 ? [words.unknown(unknown)] : []),
    ...(cancelled > 0 ? [words.cancelledCount(cancelled)] : []),
  ]
}

/** How far the recall of a broadcast is, in lines of HTML. */
export function recallLines(
  { due, deleted, kept }: z.output<typeof recall>,
  { isOver, language }: { readonly isOver: boolean; readonly language: Language },
): readonly string[] {
  const words = wordsIn(language)
  const total = due + deleted + kept
  return [
    isOver ? words.recalled(deleted, total) : total === 0 ? words.recallBegins : words.recalling(deleted, total),
    ...(kept > 0 ? [words.recallKept(kept)] : []),
  ]
}

/** Those whom a broadcast did not reach, or perhaps did not. */
export function countUnreached({ blocked, failed, unknown, cancelled }: z.output<typeof counts>): number {
  return blocked + failed + unknown + cancelled
}

/** To the author of a broadcast: how it ended. */
export const broadcastDone = defineNotice(
  z.object({ id: rowId, counts, round: z.int().optional() }),
  ({ id, counts, round }, { language }) => {
    const words = wordsIn(language)
    const unreached = countUnreached(counts)
    const showUnknown = button(words.showUnknown(counts.unknown), 'unknown-show', id)
    return {
      html: broadcastLines('done', counts, language).join('\n'),
      buttons: [
        counts.unknown > 0 ? [showUnknown] : [],
        unreached > 0 ? [button(words.unreached(unreached), 'broadcast-unreached', id)] : [],
        // A notice of an earlier release knows no round.
        counts.failed > 0 && round !== undefined
          ? [button(words.resendFailed(counts.failed), 'broadcast-again', id, round)]
          : [],
        counts.sent > 0 ? [button(words.recall, 'broadcast-recall', id)] : [],
      ],
    }
  },
)

/** To the author of a broadcast that was recalled: how that ended. */
export const broadcastRecalled = defineNotice(z.object({ id: rowId, counts: recall }), ({ counts }, { language }) => ({
  html: [`📣 <b>${wordsIn(language).title.done}</b>`, ...recallLines(counts, { isOver: true, language })].join('\n'),
}))

function wordsIn(language: Language) {
  return catalogue[language].broadcast
}
