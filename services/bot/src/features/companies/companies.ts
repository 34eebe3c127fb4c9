import { audit, companies, type Company } from '@atermtrack/data'
import { type AccessPolicy, cleanText } from '@atermtrack/domain'
import { companiesTexts as texts, inEachLanguage } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf } from '../../routing/dialog-step.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, type View } from '../../routing/view.ts'
import { orderPicture } from '../lookup/order-picture.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import * as actions from './actions.ts'
import { createClients } from './clients.ts'
import { loadPage } from './load-page.ts'
import { ofCompany } from './of-company.ts'
import * as steps from './steps.ts'
import { nameStep } from './steps.ts'
import { companyView, listView, removeView, rowsPerPage, shareView } from './views.ts'

const longestName = 60

/** Admins assign clients to each company; its people see the containers of these clients. */
export function createCompanies({
  policy,
  settings,
}: {
  readonly policy: Pick<AccessPolicy, 'unnamed'>
  readonly settings: ViewSettings
}): Feature {
  const clients = createClients()
  return {
    name: 'companies',
    right: 'manage_companies',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [
      {
        name: 'companies',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, await list(ctx, 0)),
      },
    ],
    actions: [
      actions.listCompanies.handle(async (ctx, { page }) => edit(ctx, await list(ctx, page))),
      actions.addCompany.handle((ctx) => askName(ctx)),
      actions.viewCompany.handle(ofCompany(async (ctx, it) => edit(ctx, companyView(it, undefined, ctx.language)))),
      actions.countContainers.handle(
        ofCompany(async (ctx, company) => {
          const scope = { kind: 'company', companyId: company.id, seesUnnamed: policy.unnamed === 'visible' } as const
          edit(ctx, companyView(company, await companies.countVisible(ctx.tx, scope), ctx.language))
        }),
      ),
      actions.drawCompany.handle(
        ofCompany((ctx, { id, name }) => orderPicture(ctx, { picture: 'map', companyId: id, name }, settings)),
      ),
      actions.renameCompany.handle(ofCompany((ctx, { id }) => askName(ctx, id))),
      actions.askToShare.handle(ofCompany(async (ctx, company) => edit(ctx, shareView(company, ctx.language)))),
      actions.shareCompany.handle(ofCompany(share)),
      actions.unshareCompany.handle(ofCompany(unshare)),
      actions.askToRemoveCompany.handle(ofCompany(async (ctx, it) => edit(ctx, removeView(it, ctx.language)))),
      actions.removeCompany.handle(ofCompany(remove)),
      ...clients.actions,
    ],
    dialogs: [nameStep.handle(acceptName), ...clients.dialogs],
  }
}

async function list({ tx, language }: BotContext, page: number): Promise<View> {
  return listView(await loadPage(page, rowsPerPage, (part) => companies.list(tx, part)), language)
}

/** Without an id, the name is for a new company. */
async function askName(ctx: BotContext, companyId?: number): Promise<void> {
  await ctx.saveDialog(nameStep, { companyId })
  ctx.say(texts[ctx.language].askName)
}

async function acceptName(ctx: BotContext, { companyId }: StateOf<typeof nameStep>): Promise<void> {
  const { tx, message, language } = ctx
  const words = texts[language]
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

async function share(ctx: BotContext, company: Company, { clients }: { readonly clients: number }): Promise<void> {
  if (clients !== company.clients) {
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

async function remove(ctx: BotContext, company: Company, { people }: { readonly people: number }): Promise<void> {
  const words = texts[ctx.language]
  if (people !== company.people) {
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
  ctx: BotContext,
  id: number,
  what: 'added' | 'renamed' | 'shared' | 'unshared' | 'removed',
  details: audit.AuditDetails = {},
): Promise<void> {
  await audit.insert(ctx.tx, { ...ctx.actor, action: `company.${what}`, object: `company:${id}`, details })
}
