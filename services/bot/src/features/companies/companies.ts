import { audit, companies, type Company } from '@atermtrack/data'
import { type AccessPolicy, cleanText } from '@atermtrack/domain'
import { commonTexts, companiesTexts as texts, inEachLanguage } from '@atermtrack/messages'
import { z } from 'zod'
import { parseId } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { parsePage } from '../../text/pages.ts'
import { createClients } from './clients.ts'
import { loadPage } from './load-page.ts'
import { companyView, listView, removeView, rowsPerPage, shareView, type View } from './views.ts'

/** What a button of an existing company does; the ids are those after the company's. */
export type CompanyPress = (ctx: BotContext, company: Company, ids: readonly string[]) => Promise<void>

const nameStep = z.object({ kind: z.literal('company-name'), companyId: z.number().optional() })
const longestName = 60

/** Admins say which clients each company has: its people see the containers of these. */
export function createCompanies({ policy }: { readonly policy: Pick<AccessPolicy, 'unnamed'> }): Feature {
  const clients = createClients()
  const presses: Readonly<Record<string, CompanyPress>> = {
    'co-view': async (ctx, company) => edit(ctx, companyView(company, undefined, ctx.language)),
    'co-count': async (ctx, company) => {
      const scope = { kind: 'company', companyId: company.id, seesUnnamed: policy.unnamed === 'visible' } as const
      edit(ctx, companyView(company, await companies.countVisible(ctx.tx, scope), ctx.language))
    },
    'co-rename': (ctx, { id }) => askName(ctx, id),
    'co-share': async (ctx, company) => edit(ctx, shareView(company, ctx.language)),
    'co-share-yes': share,
    'co-unshare': unshare,
    'co-remove': async (ctx, company) => edit(ctx, removeView(company, ctx.language)),
    'co-remove-yes': remove,
    ...clients.presses,
  }
  return {
    privateOnly: true,
    commands: [
      {
        name: 'companies',
        description: inEachLanguage(texts, (words) => words.command),
        adminsOnly: true,
        handle: async (ctx) => say(ctx, await list(ctx, 0)),
      },
    ],
    callbacks: {
      'co-list': (ctx, [page]) => forAdmin(ctx, async () => edit(ctx, await list(ctx, parsePage(page)))),
      'co-add': (ctx) => forAdmin(ctx, () => askName(ctx)),
      ...Object.fromEntries(Object.entries(presses).map(([action, press]) => [action, guarded(press)])),
    },
    dialogs: { 'company-name': takeName, ...clients.dialogs },
  }
}

/** A button works for admins, as long as the company is there. */
function guarded(press: CompanyPress): (ctx: BotContext, ids: readonly string[]) => Promise<void> {
  return async (ctx, [text, ...ids]) => {
    const id = parseId(text)
    const company = ctx.isAdmin && id !== undefined ? await companies.find(ctx.tx, id) : undefined
    return company ? press(ctx, company, ids) : ctx.toast(commonTexts[ctx.language].staleButton)
  }
}

async function forAdmin(ctx: BotContext, work: () => Promise<void>): Promise<void> {
  return ctx.isAdmin ? work() : ctx.toast(commonTexts[ctx.language].staleButton)
}

async function list({ tx, language }: BotContext, page: number): Promise<View> {
  return listView(await loadPage(page, rowsPerPage, (part) => companies.list(tx, part)), language)
}

/** Without an id for a new company. */
async function askName(ctx: BotContext, companyId?: number): Promise<void> {
  await ctx.saveDialog({ kind: 'company-name', ...(companyId !== undefined && { companyId }) })
  ctx.say(texts[ctx.language].askName)
}

async function takeName(ctx: BotContext, state: unknown): Promise<void> {
  const { tx, message, language } = ctx
  const words = texts[language]
  if (!ctx.isAdmin) return ctx.say(commonTexts[language].unknownCommand)
  const { companyId } = nameStep.parse(state)
  const name = message && 'text' in message ? cleanText(message.text) : ''
  if (name === '' || name.length > longestName) return ctx.say(words.badName)
  const id = companyId === undefined ? (await companies.insert(tx, name))?.id : await renamed(ctx, companyId, name)
  const company = id === undefined ? undefined : await companies.find(tx, id)
  if (!company) return ctx.say(words.nameIsTaken(name))
  await ctx.leaveDialog()
  await record(ctx, company.id, companyId === undefined ? 'added' : 'renamed')
  say(ctx, companyView(company, undefined, language))
}

async function renamed({ tx }: BotContext, id: number, name: string): Promise<number | undefined> {
  return (await companies.rename(tx, id, name)) ? id : undefined
}

/** The number in the button is what the admin has agreed to. */
async function share(ctx: BotContext, company: Company, [clients]: readonly string[]): Promise<void> {
  if (clients !== String(company.clients)) {
    ctx.toast(texts[ctx.language].changed)
    return edit(ctx, shareView(company, ctx.language))
  }
  await setShared(ctx, company, true)
}

async function unshare(ctx: BotContext, company: Company): Promise<void> {
  await setShared(ctx, company, false)
}

async function setShared(ctx: BotContext, company: Company, isShared: boolean): Promise<void> {
  await companies.setShared(ctx.tx, company.id, isShared)
  await record(ctx, company.id, isShared ? 'shared' : 'unshared')
  edit(ctx, companyView({ ...company, isShared }, undefined, ctx.language))
}

async function remove(ctx: BotContext, company: Company, [people]: readonly string[]): Promise<void> {
  const words = texts[ctx.language]
  if (people !== String(company.people)) {
    ctx.toast(words.changed)
    return edit(ctx, removeView(company, ctx.language))
  }
  const name = await companies.remove(ctx.tx, company.id)
  if (name !== undefined) {
    await record(ctx, company.id, 'removed', { people: company.people })
    ctx.toast(words.removed(name))
  }
  edit(ctx, await list(ctx, 0))
}

async function record(
  { tx, person }: BotContext,
  id: number,
  what: string,
  details: Readonly<Record<string, number>> = {},
): Promise<void> {
  await audit.insert(tx, { actorId: person.id, action: `company.${what}`, object: `company:${id}`, details })
}

function say(ctx: BotContext, { html, keyboard }: View): void {
  ctx.say(html, { keyboard })
}

function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}
