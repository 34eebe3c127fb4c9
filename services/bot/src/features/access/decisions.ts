import { type AccessRequest, audit, companies, people, type Person, type Rights } from '@atermtrack/data'
import { cleanText } from '@atermtrack/domain'
import { accessRequestText, accessTexts as texts, commonTexts, notice } from '@atermtrack/messages'
import { z } from 'zod'
import { parseId } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { countPages, parsePage } from '../../text/pages.ts'
import type { Producers } from '../../producers.ts'
import { notify } from './notify.ts'
import {
  companiesKeyboard,
  companiesPerPage,
  decisionToast,
  decisionView,
  requestKeyboard,
  rolesKeyboard,
} from './views.ts'

export interface DecisionOptions {
  readonly producers: Pick<Producers, 'sendTelegram'>
}

type Decide = (ctx: BotContext, request: AccessRequest, ids: readonly string[]) => Promise<void>

const companyStep = z.object({ kind: z.literal('access-company-name'), personId: z.number() })
const longestName = 60

/** How admins answer a request: yes or no, then the role, then for a viewer the company, all in the same message. */
export function createDecisions(options: DecisionOptions): Required<Pick<Feature, 'callbacks' | 'dialogs'>> {
  const presses: Readonly<Record<string, Decide>> = {
    'access-grant': async (ctx, request) => showRoles(ctx, request),
    'access-back': async (ctx, request) => showRequest(ctx, request),
    'access-deny': (ctx, request) => turnDown(ctx, request.person, options),
    'access-role': (ctx, request, [role]) => chooseRole(ctx, request, { role, ...options }),
    'access-companies': (ctx, request, [page]) => showCompanies(ctx, request, parsePage(page)),
    'access-company': (ctx, request, [id]) => chooseCompany(ctx, request, { id, ...options }),
    'access-new': askCompanyName,
  }
  return {
    callbacks: Object.fromEntries(Object.entries(presses).map(([action, press]) => [action, guarded(press)])),
    dialogs: { 'access-company-name': (ctx, state) => takeCompanyName(ctx, state, options) },
  }
}

/** A button works for admins, while nobody has decided. */
function guarded(press: Decide): (ctx: BotContext, ids: readonly string[]) => Promise<void> {
  return async (ctx, [id, ...ids]) => {
    if (!ctx.isAdmin) return ctx.toast(texts[ctx.language].noAccess)
    const request = await findRequest(ctx, parseId(id))
    if (!request) return ctx.toast(commonTexts[ctx.language].staleButton)
    return isOpen(request) ? press(ctx, request, ids) : showDecision(ctx, request)
  }
}

async function findRequest({ tx }: BotContext, personId: number | undefined): Promise<AccessRequest | undefined> {
  return personId === undefined ? undefined : people.findRequest(tx, personId)
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

async function chooseRole(
  ctx: BotContext,
  request: AccessRequest,
  { role, producers }: DecisionOptions & { readonly role: string | undefined },
): Promise<void> {
  if (role === 'viewer') return showCompanies(ctx, request, 0)
  if (role !== 'admin' && role !== 'operator') return ctx.toast(commonTexts[ctx.language].staleButton)
  await letIn(ctx, request.person, { rights: { role }, producers })
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

async function chooseCompany(
  ctx: BotContext,
  request: AccessRequest,
  { id, producers }: DecisionOptions & { readonly id: string | undefined },
): Promise<void> {
  const companyId = parseId(id)
  const company = companyId === undefined ? undefined : await companies.find(ctx.tx, companyId)
  if (id !== '0' && !company) {
    ctx.toast(commonTexts[ctx.language].staleButton)
    return showCompanies(ctx, request, 0)
  }
  await letIn(ctx, request.person, { rights: { role: 'viewer', companyId: company?.id ?? null }, producers })
}

async function askCompanyName(ctx: BotContext, { person }: AccessRequest): Promise<void> {
  if (!ctx.isPrivate) return ctx.toast(commonTexts[ctx.language].onlyInPrivate)
  await ctx.saveDialog({ kind: 'access-company-name', personId: person.id } satisfies z.infer<typeof companyStep>)
  ctx.say(texts[ctx.language].askCompanyName)
}

async function takeCompanyName(ctx: BotContext, state: unknown, { producers }: DecisionOptions): Promise<void> {
  const { tx, message, language } = ctx
  const words = texts[language]
  if (!ctx.isAdmin) return ctx.say(commonTexts[language].unknownCommand)
  const { personId } = companyStep.parse(state)
  const name = message && 'text' in message ? cleanText(message.text) : ''
  if (name === '' || name.length > longestName) return ctx.say(words.badCompanyName)
  const request = await findRequest(ctx, personId)
  if (!request || !isOpen(request)) {
    await ctx.leaveDialog()
    return request ? ctx.say(decisionView(request, language)) : ctx.say(commonTexts[language].staleButton)
  }
  const company = await companies.insert(tx, name)
  if (!company) return ctx.say(words.companyIsThere(name))
  await ctx.leaveDialog()
  await audit.insert(tx, { actorId: ctx.person.id, action: 'company.added', object: `company:${company.id}` })
  await letIn(ctx, request.person, { rights: { role: 'viewer', companyId: company.id }, producers })
  ctx.say(words.companyIsEmpty)
}

async function letIn(
  ctx: BotContext,
  { id }: Person,
  { rights, producers }: DecisionOptions & { readonly rights: Rights },
): Promise<void> {
  const { tx, person: admin } = ctx
  const person = await people.letIn(tx, id, { rights, decidedBy: admin.id })
  const request = await people.findRequest(tx, id)
  if (!request) return ctx.toast(commonTexts[ctx.language].staleButton)
  if (!person) return showDecision(ctx, request)
  ctx.refreshCommands()
  const details = rights.role === 'viewer' && rights.companyId !== null ? { companyId: rights.companyId } : {}
  await audit.insert(tx, {
    actorId: admin.id,
    action: 'access.granted',
    object: `person:${id}`,
    details: { role: rights.role, ...details },
  })
  await notify(ctx, producers, {
    audience: 'anybody',
    chatId: person.telegramId,
    personId: id,
    notice: notice('access_granted', { role: person.role ?? 'viewer', companyName: request.companyName }),
  })
  ctx.edit(decisionView(request, ctx.language))
}

async function turnDown(ctx: BotContext, { id }: Person, { producers }: DecisionOptions): Promise<void> {
  const { tx, person: admin } = ctx
  const person = await people.turnDown(tx, id, { decidedBy: admin.id })
  const request = await people.findRequest(tx, id)
  if (!request) return ctx.toast(commonTexts[ctx.language].staleButton)
  if (!person) return showDecision(ctx, request)
  await audit.insert(tx, { actorId: admin.id, action: 'access.denied', object: `person:${id}` })
  await notify(ctx, producers, {
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
