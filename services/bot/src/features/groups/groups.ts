import { audit, companies, type Group, groups } from '@atermtrack/data'
import { groupsTexts as texts, inEachLanguage, notice } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, type View } from '../../routing/view.ts'
import { companiesPerPage } from '../access/views.ts'
import { notify } from '../access/notify.ts'
import { loadPage } from '../companies/load-page.ts'
import { leave } from './admission.ts'
import * as actions from './actions.ts'
import { groupView, listView, scopeView } from './views.ts'

const groupsPerPage = 7

/** Lets admins open the bot to groups, choose the containers that each group sees, and close groups. */
export function createGroups(): Feature {
  return {
    name: 'groups',
    right: 'manage_groups',
    declares: Object.values(actions),
    commands: [
      {
        name: 'groups',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => {
          const { html, keyboard } = await list(ctx, 0)
          ctx.say(html, { keyboard })
        },
      },
    ],
    actions: [
      actions.listGroups.handle(async (ctx, { page }) => edit(ctx, await list(ctx, page))),
      actions.viewGroup.handle(guarded(async (ctx, group) => edit(ctx, groupView(group, ctx.language)))),
      actions.offerScopes.handle(guarded(chooseScope)),
      actions.letGroupIn.handle(guarded((ctx, group, { companyId }) => letIn(ctx, group, companyId))),
      actions.declineGroup.handle(
        guarded(async (ctx, group) =>
          group.status === 'waiting' ? close(ctx, group) : edit(ctx, groupView(group, ctx.language)),
        ),
      ),
      actions.closeGroup.handle(guarded(close)),
    ],
  }
}

/** A button works on an existing group. */
function guarded<P>(press: (ctx: BotContext, group: Group, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly groupId: number }) => {
    const group = await groups.find(ctx.tx, pressed.groupId)
    return group ? press(ctx, group, pressed) : answerOutdated(ctx)
  }
}

async function list({ tx, language }: BotContext, page: number): Promise<View> {
  return listView(await loadPage(page, groupsPerPage, (part) => groups.list(tx, part)), language)
}

async function chooseScope(ctx: BotContext, group: Group, { page }: { readonly page: number }): Promise<void> {
  const found = await loadPage(page, companiesPerPage, (part) => companies.list(ctx.tx, part))
  edit(ctx, scopeView(group, found, ctx.language))
}

async function letIn(ctx: BotContext, group: Group, id: number | undefined): Promise<void> {
  const company = id === undefined ? undefined : await companies.find(ctx.tx, id)
  if (id !== undefined && !company) return answerOutdated(ctx)
  const companyId = company?.id ?? null
  await decide(ctx, group, { status: 'allowed', companyId })
  if (group.status === 'allowed' || group.leftAt !== null) return
  const opened = notice('group_opened', { username: ctx.botInfo.username })
  await notify(ctx, { audience: 'anybody', chatId: group.chatId, notice: opened })
}

async function close(ctx: BotContext, group: Group): Promise<void> {
  await decide(ctx, group, { status: 'declined', companyId: null })
  if (group.leftAt === null) leave(ctx, group.chatId)
}

async function decide(
  ctx: BotContext,
  { id }: Group,
  decision: { readonly status: 'allowed' | 'declined'; readonly companyId: number | null },
): Promise<void> {
  const { tx, person } = ctx
  await groups.decide(tx, id, { ...decision, decidedBy: person.id })
  await audit.insert(tx, {
    ...ctx.actor,
    action: `group.${decision.status}`,
    object: `group:${id}`,
    ...(decision.companyId !== null && { details: { companyId: decision.companyId } }),
  })
  const group = await groups.find(tx, id)
  return group ? edit(ctx, groupView(group, ctx.language)) : answerOutdated(ctx)
}
