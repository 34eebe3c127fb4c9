import { audit } from '@atermtrack/data'
import { cleanText } from '@atermtrack/domain'
import { auditTexts as texts, inEachLanguage } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, textOf, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { actionsSaid } from './actions-said.ts'
import { objectSaid } from './object-said.ts'
import { searchStep } from './steps.ts'
import { auditView, entriesPerPage } from './views.ts'

const longestSearch = 100

/** Shows admins who did what to whom, and finds entries by any name or number in them, and by the words for what was done. */
export function createAudit({ zone }: { readonly zone: string }): Feature {
  const read = async (ctx: BotContext, page: number, text: string | undefined): Promise<View> => {
    const actions = text === undefined ? [] : actionsSaid(text, ctx.language)
    const object = text === undefined ? undefined : objectSaid(text, ctx.language)
    const found = await audit.list(ctx.tx, {
      text,
      object,
      actions,
      offset: page * entriesPerPage,
      limit: entriesPerPage,
    })
    return auditView({ ...found, page, text }, { language: ctx.language, zone: ctx.person.zone ?? zone })
  }
  const open = async (ctx: BotContext, text: string | undefined): Promise<View> => {
    await ctx.saveDialog(searchStep, { text })
    return read(ctx, 0, text)
  }
  return {
    name: 'audit',
    right: 'read_audit',
    declares: [...Object.values(actions), searchStep],
    commands: [
      {
        name: 'audit',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, await open(ctx, undefined)),
      },
    ],
    actions: [
      actions.showAudit.handle(async (ctx) => edit(ctx, await open(ctx, undefined))),
      actions.turnAuditPage.handle(async (ctx, { page }) => {
        const search = ctx.dialog?.expired ? undefined : searchStep.read(ctx.dialog?.state)
        edit(ctx, await read(ctx, page, search?.text))
      }),
    ],
    dialogs: [
      searchStep.handle(async (ctx) => {
        const text = cleanText(textOf(ctx))
        if (text === '' || text.length > longestSearch) return ctx.say(texts[ctx.language].badSearch)
        say(ctx, await open(ctx, text))
      }),
    ],
  }
}
