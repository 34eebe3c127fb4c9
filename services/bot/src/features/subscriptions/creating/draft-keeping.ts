import { subscriptionDrafts } from '@atermtrack/data'
import { escapeHtml, subscriptionsTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../../routing/context.ts'
import * as actions from '../actions.ts'

/** What is known about a draft in any step. */
interface Entered {
  readonly name?: string
  readonly containers: readonly string[]
  readonly subject?: string | undefined
}

/** Keeps a half-made subscription when its person turns to something else, and asks whether to keep it. */
export async function keepOnLeaving(ctx: BotContext, entered: Entered): Promise<void> {
  const { tx, person, dialog, language } = ctx
  // A dialog in which nothing was entered is no loss.
  if (entered.name === undefined || !dialog) return
  await subscriptionDrafts.save(tx, person.id, dialog.state as object)
  const words = texts[language]
  ctx.say(words.keepDraft(escapeHtml(entered.name)), {
    keyboard: {
      inline_keyboard: [
        [actions.keepDraft.button(words.draftKeep), actions.resumeDraft.button(words.draftResume)],
        [actions.deleteDraft.button(words.draftDrop)],
      ],
    },
  })
}
