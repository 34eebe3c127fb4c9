import { audit, companies, type Company, type CompanyClient } from '@atermtrack/data'
import { cleanText, parseInn } from '@atermtrack/domain'
import { commonTexts, companiesTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf, StepHandler } from '../../routing/dialog-step.ts'
import { edit, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { loadPage } from './load-page.ts'
import { ofCompany } from './of-company.ts'
import { clientStep } from './steps.ts'
import { clientName, clientsView, knownView, removeClientView, rowsPerPage } from './views.ts'

const longestClient = 200

/** The clients of a company, chosen among those that the files name or typed. */
export function createClients(): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  return {
    actions: [
      actions.listClients.handle(
        ofCompany(async (ctx, company, { page }) => edit(ctx, await listClients(ctx, company, page))),
      ),
      actions.askToRemoveClient.handle(ofCompany(askToRemove)),
      actions.removeClient.handle(ofCompany(remove)),
      actions.offerKnownClients.handle(ofCompany((ctx, company, { page }) => offer(ctx, company, page))),
      actions.pickKnownClient.handle(ofCompany(pick)),
      actions.addTypedClient.handle(ofCompany(addTyped)),
    ],
    dialogs: [clientStep.handle(acceptSearch)],
  }
}

interface OfClient {
  readonly clientId: number
}

async function listClients({ tx, language }: BotContext, company: Company, page: number): Promise<View> {
  const found = await loadPage(page, rowsPerPage, (part) => companies.listClients(tx, company.id, part))
  return clientsView(company, found, language)
}

async function askToRemove(ctx: BotContext, company: Company, { clientId: id }: OfClient): Promise<void> {
  const client = await companies.findClient(ctx.tx, company.id, id)
  if (!client) return answerOutdated(ctx)
  edit(ctx, removeClientView(company, { id, ...client }, ctx.language))
}

async function remove(ctx: BotContext, company: Company, { clientId }: OfClient): Promise<void> {
  const { tx, language } = ctx
  const client = await companies.removeClient(tx, company.id, clientId)
  if (client) await record(ctx, company, 'removed', client)
  ctx.toast(client ? texts[language].clientRemoved : commonTexts[language].staleButton)
  edit(ctx, await listClients(ctx, company, 0))
}

/** The search text stays while the admin turns pages. A message typed meanwhile is the next search. */
async function offer(ctx: BotContext, company: Company, page: number): Promise<void> {
  const step = stepOf(ctx, company)
  if (!step) await ctx.saveDialog(clientStep, { companyId: company.id })
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

async function acceptSearch(ctx: BotContext, { companyId }: StateOf<typeof clientStep>): Promise<void> {
  const { tx, message, language } = ctx
  const company = await companies.find(tx, companyId)
  if (!company) {
    await ctx.leaveDialog()
    return ctx.say(commonTexts[language].staleButton)
  }
  const search = message && 'text' in message ? cleanText(message.text) : ''
  if (search === '' || search.length > longestClient) return ctx.say(texts[language].badClient)
  await ctx.saveDialog(clientStep, { companyId, search })
  const { html, keyboard } = await known(ctx, company, { page: 0, search })
  ctx.say(html, { keyboard })
}

async function pick(ctx: BotContext, company: Company, { spellingId }: { readonly spellingId: number }): Promise<void> {
  const client = await companies.findKnownClient(ctx.tx, spellingId)
  return client ? add(ctx, company, client) : answerOutdated(ctx)
}

async function addTyped(ctx: BotContext, company: Company): Promise<void> {
  const search = stepOf(ctx, company)?.search
  if (search === undefined) return answerOutdated(ctx)
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

function stepOf({ dialog }: BotContext, { id }: Company): StateOf<typeof clientStep> | undefined {
  const step = clientStep.read(dialog?.expired ? undefined : dialog?.state)
  return step?.companyId === id ? step : undefined
}

async function record(
  ctx: BotContext,
  { id }: Company,
  what: 'added' | 'removed',
  { inn, name }: CompanyClient,
): Promise<void> {
  await audit.insert(ctx.tx, {
    ...ctx.actor,
    action: `company.client_${what}`,
    object: `company:${id}`,
    details: { ...(inn !== null && { inn }), ...(name !== null && { name }) },
  })
}
