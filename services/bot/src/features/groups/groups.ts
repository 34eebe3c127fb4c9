import { audit, companies, type Group, groups } from '@atermtrack/data'
import { commonTexts, groupsTexts as texts, inEachLanguage, notice } from '@atermtrack/messages'
import { parseId } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { parsePage } from '../../text/pages.ts'
import type { Producers } from '../../producers.ts'
import { companiesPerPage } from '../access/views.ts'
import { notify } from '../access/notify.ts'
import { loadPage } from '../companies/load-page.ts'
import { leave } from './admission.ts'
import { groupView, listView, scopeView, type View } from './views.ts'

export interface GroupsOptions {
  readonly producers: Pick<Producers, 'sendTelegram'>
}

type Press = (ctx: BotContext, group: Group, ids: readonly string[]) => Promise<void>

const groupsPerPage = 7

/** Admins let groups in, with whose containers each of them sees, and close them. */
export function createGroups(options: GroupsOptions): Feature {
  const presses: Readonly<Record<string, Press>> = {
    'grp-view': async (ctx, group) => edit(ctx, groupView(group, ctx.language)),
    'grp-allow': chooseScope,
    'grp-scope': (ctx, group, [companyId]) => letIn(ctx, group, { ...options, companyId }),
    // Under a request that somebody else has answered meanwhile.
    'grp-deny': async (ctx, group) =>
      group.status === 'waiting' ? close(ctx, group) : edit(ctx, groupView(group, ctx.language)),
    'grp-close': close,
  }
  return {
    commands: [
      {
        name: 'groups',
        description: inEachLanguage(texts, (words) => words.command),
        adminsOnly: true,
        handle: async (ctx) => {
          const { html, keyboard } = await list(ctx, 0)
          ctx.say(html, { keyboard })
        },
      },
    ],
    callbacks: {
      'grp-list': async (ctx, [page]) => (ctx.isAdmin ? edit(ctx, await list(ctx, parsePage(page))) : stale(ctx)),
      ...Object.fromEntries(Object.entries(presses).map(([action, press]) => [action, guarded(press)])),
    },
  }
}

/** A button works for admins, in private and in the groups of the settings. */
function guarded(press: Press): (ctx: BotContext, ids: readonly string[]) => Promise<void> {
  return async (ctx, [text, ...ids]) => {
    const id = parseId(text)
    const group = ctx.isAdmin && id !== undefined ? await groups.find(ctx.tx, id) : undefined
    return group ? press(ctx, group, ids) : stale(ctx)
  }
}

async function list({ tx, language }: BotContext, page: number): Promise<View> {
  return listView(await loadPage(page, groupsPerPage, (part) => groups.list(tx, part)), language)
}

async function chooseScope(ctx: BotContext, group: Group, [page]: readonly string[]): Promise<void> {
  const found = await loadPage(parsePage(page), companiesPerPage, (part) => companies.list(ctx.tx, part))
  edit(ctx, scopeView(group, found, ctx.language))
}

async function letIn(
  ctx: BotContext,
  group: Group,
  { companyId: text, producers }: GroupsOptions & { readonly companyId: string | undefined },
): Promise<void> {
  const id = parseId(text)
  const company = id === undefined ? undefined : await companies.find(ctx.tx, id)
  if (text !== '0' && !company) return stale(ctx)
  const companyId = company?.id ?? null
  await decide(ctx, group, { status: 'allowed', companyId })
  if (group.status === 'allowed' || group.leftAt !== null) return
  const opened = notice('group_opened', { username: ctx.botInfo.username })
  await notify(ctx, producers, { audience: 'anybody', chatId: group.chatId, notice: opened })
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
    actorId: person.id,
    action: `group.${decision.status}`,
    object: `group:${id}`,
    ...(decision.companyId !== null && { details: { companyId: decision.companyId } }),
  })
  const group = await groups.find(tx, id)
  return group ? edit(ctx, groupView(group, ctx.language)) : stale(ctx)
}

function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}

function stale(ctx: BotContext): void {
  ctx.toast(commonTexts[ctx.language].staleButton)
}
