import { audit, companies, type Member, members, type Rights } from '@atermtrack/data'
import { commonTexts, inEachLanguage, membersTexts as texts } from '@atermtrack/messages'
import { parseId } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { parsePage } from '../../text/pages.ts'
import { loadPage } from './load-page.ts'
import { chooseCompanyView, dismissView, memberView, peopleView } from './people-views.ts'
import { rowsPerPage, type View } from './views.ts'

type MemberPress = (ctx: BotContext, member: Member, ids: readonly string[]) => Promise<void>

/** Admins see who is in, and change roles and companies; what they change counts from the next question on. */
export function createPeople(): Feature {
  const changes: Readonly<Record<string, MemberPress>> = {
    'pe-companies': chooseCompany,
    'pe-company': setCompany,
    'pe-role': setRole,
    'pe-dismiss': async (ctx, member) => edit(ctx, dismissView(member, ctx.language)),
    'pe-dismiss-yes': dismiss,
  }
  return {
    privateOnly: true,
    commands: [
      {
        name: 'people',
        description: inEachLanguage(texts, (words) => words.command),
        adminsOnly: true,
        handle: async (ctx) => {
          const { html, keyboard } = await listPeople(ctx, 0, 0)
          ctx.say(html, { keyboard })
        },
      },
    ],
    callbacks: {
      'pe-list': turnList,
      'pe-view': guarded(async (ctx, member) => show(ctx, member)),
      ...Object.fromEntries(Object.entries(changes).map(([action, press]) => [action, guarded(ofOthers(press))])),
    },
  }
}

/** A button works for admins, while the person is in. */
function guarded(press: MemberPress): (ctx: BotContext, ids: readonly string[]) => Promise<void> {
  return async (ctx, [text, ...ids]) => {
    const id = parseId(text)
    const member = ctx.isAdmin && id !== undefined ? await members.find(ctx.tx, id) : undefined
    return member ? press(ctx, member, ids) : stale(ctx)
  }
}

function ofOthers(press: MemberPress): MemberPress {
  return async (ctx, member, ids) =>
    member.id === ctx.person.id ? ctx.toast(texts[ctx.language].ownToast) : press(ctx, member, ids)
}

async function stale(ctx: BotContext): Promise<void> {
  ctx.toast(commonTexts[ctx.language].staleButton)
}

async function turnList(ctx: BotContext, [companyId, page]: readonly string[]): Promise<void> {
  return ctx.isAdmin ? edit(ctx, await listPeople(ctx, parseId(companyId) ?? 0, parsePage(page))) : stale(ctx)
}

/** Of all companies for 0, and for one that is gone. */
async function listPeople({ tx, language }: BotContext, companyId: number, page: number): Promise<View> {
  const company = companyId === 0 ? undefined : await companies.find(tx, companyId)
  const read = (part: companies.Page) => members.list(tx, { ...part, companyId: company?.id })
  return peopleView(await loadPage(page, rowsPerPage, read), company, language)
}

function show(ctx: BotContext, member: Member): void {
  edit(ctx, memberView(member, { isOwn: member.id === ctx.person.id, language: ctx.language }))
}

async function chooseCompany(ctx: BotContext, member: Member, [page]: readonly string[]): Promise<void> {
  const found = await loadPage(parsePage(page), rowsPerPage, (part) => companies.list(ctx.tx, part))
  edit(ctx, chooseCompanyView(member, found, ctx.language))
}

async function setCompany(ctx: BotContext, member: Member, [text]: readonly string[]): Promise<void> {
  const id = parseId(text)
  const company = id === undefined ? undefined : await companies.find(ctx.tx, id)
  if (text !== '0' && !company) return stale(ctx)
  await assign(ctx, member, { role: 'viewer', companyId: company?.id ?? null })
}

async function setRole(ctx: BotContext, member: Member, [role]: readonly string[]): Promise<void> {
  if (role !== 'admin' && role !== 'operator') return stale(ctx)
  await assign(ctx, member, { role })
}

async function assign(ctx: BotContext, { id }: Member, rights: Rights): Promise<void> {
  const { tx, person, language } = ctx
  const isChanged = await members.assign(tx, id, rights)
  const member = await members.find(tx, id)
  if (!isChanged || !member) return stale(ctx)
  ctx.refreshCommands()
  const company = rights.role === 'viewer' && rights.companyId !== null ? { companyId: rights.companyId } : {}
  await audit.insert(tx, {
    actorId: person.id,
    action: 'access.changed',
    object: `person:${id}`,
    details: { role: rights.role, ...company },
  })
  ctx.toast(texts[language].changed)
  show(ctx, member)
}

async function dismiss(ctx: BotContext, { id }: Member): Promise<void> {
  const { tx, person, language } = ctx
  if (!(await members.dismiss(tx, id, { decidedBy: person.id }))) return stale(ctx)
  ctx.refreshCommands()
  await audit.insert(tx, { actorId: person.id, action: 'access.taken', object: `person:${id}` })
  ctx.toast(texts[language].dismissed)
  edit(ctx, await listPeople(ctx, 0, 0))
}

function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}
