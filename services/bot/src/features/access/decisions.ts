import {
  type AccessRequest,
  audit,
  companies,
  people,
  type Person,
  type PersonRole,
  type Rights,
} from '@atermtrack/data'
import { cleanText } from '@atermtrack/domain'
import { accessRequestText, accessTexts as texts, commonTexts, notice } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf, StepHandler } from '../../routing/dialog-step.ts'
import { countPages } from '../../text/pages.ts'
import * as actions from './actions.ts'
import { announceRights } from './announce-rights.ts'
import { notify } from './notify.ts'
import { companyStep } from './steps.ts'
import {
  companiesKeyboard,
  companiesPerPage,
  decisionToast,
  decisionView,
  requestKeyboard,
  rolesKeyboard,
} from './views.ts'

const longestName = 60

/** The decision of admins on a request: yes or no, then the role, then the company of a viewer, all in the same message. */
export function createDecisions(): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  return {
    actions: [
      actions.offerRoles.handle(guarded(async (ctx, request) => showRoles(ctx, request))),
      actions.backToRequest.handle(guarded(async (ctx, request) => showRequest(ctx, request))),
      actions.denyAccess.handle(guarded((ctx, request) => turnDown(ctx, request.person))),
      actions.chooseRole.handle(guarded((ctx, request, { role }) => chooseRole(ctx, request, role))),
      actions.offerCompanies.handle(guarded((ctx, request, { page }) => showCompanies(ctx, request, page))),
      actions.chooseCompany.handle(guarded((ctx, request, { companyId }) => chooseCompany(ctx, request, companyId))),
      actions.nameCompany.handle(guarded(askCompanyName)),
    ],
    dialogs: [companyStep.handle(addNamedCompany)],
  }
}

/** A button works until an admin has decided. */
function guarded<P>(press: (ctx: BotContext, request: AccessRequest, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly personId: number }) => {
    const request = await people.findRequest(ctx.tx, pressed.personId)
    if (!request) return answerOutdated(ctx)
    return isOpen(request) ? press(ctx, request, pressed) : showDecision(ctx, request)
  }
}

function isOpen({ person }: AccessRequest): boolean {
  return person.access === 'requested'
}

function showRequest(ctx: BotContext, request: AccessRequest): void {
  const { language } = ctx
  ctx.edit(accessRequestText(request, language), { keyboard: requestKeyboard(request.person.id, language) })
}

function showRoles(ctx: BotContext, request: AccessRequest): void {
  const { language } = ctx
  ctx.edit(`${accessRequestText(request, language)}\n\n${texts[language].chooseRole}`, {
    keyboard: rolesKeyboard(request.person.id, language),
  })
}

async function chooseRole(ctx: BotContext, request: AccessRequest, role: PersonRole): Promise<void> {
  if (role === 'viewer') return showCompanies(ctx, request, 0)
  await letIn(ctx, request.person, { role })
}

/** A page beyond the last is the last. */
async function showCompanies(ctx: BotContext, request: AccessRequest, asked: number): Promise<void> {
  const { tx, language } = ctx
  const { total } = await companies.list(tx, { offset: 0, limit: 1 })
  const pages = countPages(total, companiesPerPage)
  const page = Math.min(asked, pages - 1)
  const { rows } = await companies.list(tx, { offset: page * companiesPerPage, limit: companiesPerPage })
  ctx.edit(`${accessRequestText(request, language)}\n\n${texts[language].chooseCompany}`, {
    keyboard: companiesKeyboard(request.person.id, { rows, page, pages }, language),
  })
}

async function chooseCompany(ctx: BotContext, request: AccessRequest, companyId: number | undefined): Promise<void> {
  const company = companyId === undefined ? undefined : await companies.find(ctx.tx, companyId)
  if (companyId !== undefined && !company) {
    answerOutdated(ctx)
    return showCompanies(ctx, request, 0)
  }
  await letIn(ctx, request.person, { role: 'viewer', companyId: company?.id ?? null })
}

async function askCompanyName(ctx: BotContext, { person }: AccessRequest): Promise<void> {
  if (!ctx.isPrivate) return ctx.toast(commonTexts[ctx.language].onlyInPrivate)
  await ctx.saveDialog(companyStep, { personId: person.id })
  ctx.say(texts[ctx.language].askCompanyName)
}

async function addNamedCompany(ctx: BotContext, { personId }: StateOf<typeof companyStep>): Promise<void> {
  const { tx, message, language } = ctx
  const words = texts[language]
  const name = message && 'text' in message ? cleanText(message.text) : ''
  if (name === '' || name.length > longestName) return ctx.say(words.badCompanyName)
  const request = await people.findRequest(tx, personId)
  if (!request || !isOpen(request)) {
    await ctx.leaveDialog()
    return request ? ctx.say(decisionView(request, language)) : ctx.say(commonTexts[language].staleButton)
  }
  const company = await companies.insert(tx, name)
  if (!company) return ctx.say(words.companyIsThere(name))
  await ctx.leaveDialog()
  await audit.insert(tx, { ...ctx.actor, action: 'company.added', object: `company:${company.id}` })
  await letIn(ctx, request.person, { role: 'viewer', companyId: company.id })
  ctx.say(words.companyIsEmpty)
}

async function letIn(ctx: BotContext, { id }: Person, rights: Rights): Promise<void> {
  const { tx, person: admin } = ctx
  const person = await people.letIn(tx, id, { rights, decidedBy: admin.id })
  const request = await people.findRequest(tx, id)
  if (!request) return answerOutdated(ctx)
  if (!person) return showDecision(ctx, request)
  await announceRights(ctx, id, rights, 'let_in')
  ctx.edit(decisionView(request, ctx.language))
}

async function turnDown(ctx: BotContext, { id }: Person): Promise<void> {
  const { tx, person: admin } = ctx
  const person = await people.turnDown(tx, id, { decidedBy: admin.id })
  const request = await people.findRequest(tx, id)
  if (!request) return answerOutdated(ctx)
  if (!person) return showDecision(ctx, request)
  await audit.insert(tx, { ...ctx.actor, action: 'access.denied', object: `person:${id}` })
  await notify(ctx, {
    audience: 'anybody',
    chatId: person.telegramId,
    personId: id,
    notice: notice('access_denied', {}),
  })
  ctx.edit(decisionView(request, ctx.language))
}

async function showDecision(ctx: BotContext, request: AccessRequest): Promise<void> {
  ctx.toast(decisionToast(request, ctx.language))
  ctx.edit(decisionView(request, ctx.language))
}
