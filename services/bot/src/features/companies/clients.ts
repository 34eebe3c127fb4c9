import { audit, companies, type Company, type CompanyClient } from '@atermtrack/data'
import { cleanText, parseInn } from '@atermtrack/domain'
import { commonTexts, companiesTexts as texts } from '@atermtrack/messages'
import { z } from 'zod'
import { parseId } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { parsePage } from '../../text/pages.ts'
import type { CompanyPress } from './companies.ts'
import { loadPage } from './load-page.ts'
import { clientName, clientsView, knownView, removeClientView, rowsPerPage, type View } from './views.ts'

const searchStep = z.object({
  kind: z.literal('company-client'),
  companyId: z.number(),
  search: z.string().optional(),
})
const longestClient = 200

/** The clients of a company: chosen out of those that the files name, or typed. */
export function createClients(): {
  readonly presses: Readonly<Record<string, CompanyPress>>
  readonly dialogs: NonNullable<Feature['dialogs']>
} {
  return {
    presses: {
      'co-clients': async (ctx, company, [page]) => edit(ctx, await listClients(ctx, company, parsePage(page))),
      'co-client': askToRemove,
      'co-client-yes': remove,
      'co-known': (ctx, company, [page]) => offer(ctx, company, parsePage(page)),
      'co-pick': pick,
      'co-typed': addTyped,
    },
    dialogs: { 'company-client': takeText },
  }
}

async function listClients({ tx, language }: BotContext, company: Company, page: number): Promise<View> {
  const found = await loadPage(page, rowsPerPage, (part) => companies.listClients(tx, company.id, part))
  return clientsView(company, found, language)
}

async function askToRemove(ctx: BotContext, company: Company, [text]: readonly string[]): Promise<void> {
  const id = parseId(text)
  const client = id === undefined ? undefined : await companies.findClient(ctx.tx, company.id, id)
  if (id === undefined || !client) return ctx.toast(commonTexts[ctx.language].staleButton)
  edit(ctx, removeClientView(company, { id, ...client }, ctx.language))
}

async function remove(ctx: BotContext, company: Company, [text]: readonly string[]): Promise<void> {
  const { tx, language } = ctx
  const id = parseId(text)
  const client = id === undefined ? undefined : await companies.removeClient(tx, company.id, id)
  if (client) await record(ctx, company, 'removed', client)
  ctx.toast(client ? texts[language].clientRemoved : commonTexts[language].staleButton)
  edit(ctx, await listClients(ctx, company, 0))
}

/** What was searched for stays while one leafs through; a message typed meanwhile is the next search. */
async function offer(ctx: BotContext, company: Company, page: number): Promise<void> {
  const step = stepOf(ctx, company)
  if (!step) await ctx.saveDialog({ kind: 'company-client', companyId: company.id })
  edit(ctx, await known(ctx, company, { page, search: step?.search }))
}

async function known(
  { tx, language }: BotContext,
  company: Company,
  { page, search }: { readonly page: number; readonly search: string | undefined },
): Promise<View> {
  const read = (part: companies.Page) => companies.listKnownClients(tx, company.id, { ...part, search })
  return knownView(company, await loadPage(page, rowsPerPage, read), { search, language })
}

async function takeText(ctx: BotContext, state: unknown): Promise<void> {
  const { tx, message, language } = ctx
  if (!ctx.isAdmin) return ctx.say(commonTexts[language].unknownCommand)
  const { companyId } = searchStep.parse(state)
  const company = await companies.find(tx, companyId)
  if (!company) {
    await ctx.leaveDialog()
    return ctx.say(commonTexts[language].staleButton)
  }
  const search = message && 'text' in message ? cleanText(message.text) : ''
  if (search === '' || search.length > longestClient) return ctx.say(texts[language].badClient)
  await ctx.saveDialog({ kind: 'company-client', companyId, search } satisfies z.infer<typeof searchStep>)
  const { html, keyboard } = await known(ctx, company, { page: 0, search })
  ctx.say(html, { keyboard })
}

async function pick(ctx: BotContext, company: Company, [text]: readonly string[]): Promise<void> {
  const spellingId = parseId(text)
  const client = spellingId === undefined ? undefined : await companies.findKnownClient(ctx.tx, spellingId)
  return client ? add(ctx, company, client) : ctx.toast(commonTexts[ctx.language].staleButton)
}

async function addTyped(ctx: BotContext, company: Company): Promise<void> {
  const search = stepOf(ctx, company)?.search
  if (search === undefined) return ctx.toast(commonTexts[ctx.language].staleButton)
  const inn = parseInn(search)
  await add(ctx, company, inn === undefined ? { inn: null, name: search } : { inn, name: null })
}

async function add(ctx: BotContext, company: Company, { inn, name }: CompanyClient): Promise<void> {
  const { tx, language } = ctx
  const words = texts[language]
  const isNew = await companies.addClient(tx, company.id, { inn, name })
  if (isNew) await record(ctx, company, 'added', { inn, name })
  await ctx.leaveDialog()
  ctx.toast(isNew ? words.clientAdded(clientName({ inn, name }, language)) : words.clientIsThere)
  edit(ctx, await listClients(ctx, company, 0))
}

function stepOf({ dialog }: BotContext, { id }: Company): z.infer<typeof searchStep> | undefined {
  const { data } = searchStep.safeParse(dialog?.expired ? undefined : dialog?.state)
  return data?.companyId === id ? data : undefined
}

async function record(
  { tx, person }: BotContext,
  { id }: Company,
  what: 'added' | 'removed',
  { inn, name }: CompanyClient,
): Promise<void> {
  await audit.insert(tx, {
    actorId: person.id,
    action: `company.client_${what}`,
    object: `company:${id}`,
    details: { ...(inn !== null && { inn }), ...(name !== null && { name }) },
  })
}

function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}
