import { failedAnswers, telegramUpdates } from '@atermtrack/data'
import { failuresTexts as texts, inEachLanguage } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { argumentOf, edit, say, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { failureListView, failureView } from './views.ts'

const listed = 10
/** As apologies show them, and read aloud. */
const reference = /^[0-9a-f]{6}$/

/** Shows admins what is behind the code of an apology: whose update it was, what it asked for, and the error. */
export function createFailures({ zone }: { readonly zone: string }): Feature {
  const readerOf = ({ language, person }: BotContext) => ({ language, zone: person.zone ?? zone })
  const list = async (ctx: BotContext): Promise<View> =>
    failureListView(await failedAnswers.list(ctx.tx, listed), readerOf(ctx))

  async function find(ctx: BotContext, code: string): Promise<View | undefined> {
    const found = reference.test(code) ? await failedAnswers.find(ctx.tx, code) : undefined
    if (!found) return undefined
    // The words of others are not shown.
    const ownText = await telegramUpdates.findText(ctx.tx, found.updateId, ctx.person.telegramId)
    return failureView({ ...found, ownText }, readerOf(ctx))
  }
  return {
    name: 'failures',
    right: 'inspect_health',
    declares: Object.values(actions),
    commands: [
      {
        name: 'ref',
        description: inEachLanguage(texts, (words) => words.command),
        async handle(ctx) {
          const code = argumentOf(ctx).toLowerCase()
          const view = code === '' ? await list(ctx) : await find(ctx, code)
          if (view) say(ctx, view)
          else ctx.say(texts[ctx.language].notFound)
        },
      },
    ],
    actions: [
      actions.listFailures.handle(async (ctx) => edit(ctx, await list(ctx))),
      actions.showFailure.handle(async (ctx, { reference: code }) => {
        const view = await find(ctx, code)
        if (view) edit(ctx, view)
        else ctx.toast(texts[ctx.language].notFound)
      }),
    ],
  }
}
