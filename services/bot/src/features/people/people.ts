import { audit, companies, type Member, members, type Rights } from '@atermtrack/data'
import { inEachLanguage, membersTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, type View } from '../../routing/view.ts'
import { loadPage } from './load-page.ts'
import * as actions from './people-actions.ts'
import { chooseCompanyView, dismissView, memberView, peopleView } from './people-views.ts'
import { rowsPerPage } from './views.ts'

type MemberPress<P> = (ctx: BotContext, member: Member, pressed: P) => Promise<void>

/** Admins see who has access, and change roles and companies. A change applies from the next question on. */
export function createPeople(): Feature {
  return {
    name: 'people',
    right: 'manage_people',
    declares: Object.values(actions),
    commands: [
      {
        name: 'people',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => {
          const { html, keyboard } = await listPeople(ctx, undefined, 0)
          ctx.say(html, { keyboard })
        },
      },
    ],
    actions: [
      actions.listPeople.handle(async (ctx, { companyId, page }) => edit(ctx, await listPeople(ctx, companyId, page))),
      actions.viewPerson.handle(guarded(async (ctx, member) => show(ctx, member))),
      actions.offerCompanies.handle(guarded(ofOthers(chooseCompany))),
      actions.setCompany.handle(guarded(ofOthers(setCompany))),
      actions.setRole.handle(guarded(ofOthers((ctx, member, { role }) => assign(ctx, member, { role })))),
      actions.askToDismiss.handle(
        guarded(ofOthers(async (ctx, member) => edit(ctx, dismissView(member, ctx.language)))),
      ),
      actions.dismissPerson.handle(guarded(ofOthers(dismiss))),
    ],
  }
}

/** Restricts a button to a person who still has access. */
function guarded<P>(press: MemberPress<P>) {
  return async (ctx: BotContext, pressed: P & { readonly personId: number }) => {
    const member = await members.find(ctx.tx, pressed.personId)
    return member ? press(ctx, member, pressed) : answerOutdated(ctx)
  }
}

function ofOthers<P>(press: MemberPress<P>): MemberPress<P> {
  return async (ctx, member, pressed) =>
    member.id === ctx.person.id ? ctx.toast(texts[ctx.language].ownToast) : press(ctx, member, pressed)
}

/** Lists the people of all companies without an id, and when the company no longer exists. */
async function listPeople({ tx, language }: BotContext, companyId: number | undefined, page: number): Promise<View> {
  const company = companyId === undefined ? undefined : await companies.find(tx, companyId)
  const read = (part: companies.Page) => members.list(tx, { ...part, companyId: company?.id })
  return peopleView(await loadPage(page, rowsPerPage, read), company, language)
}

function show(ctx: BotContext, member: Member): void {
  edit(ctx, memberView(member, { isOwn: member.id === ctx.person.id, language: ctx.language }))
}

async function chooseCompany(ctx: BotContext, member: Member, { page }: { readonly page: number }): Promise<void> {
  const found = await loadPage(page, rowsPerPage, (part) => companies.list(ctx.tx, part))
  edit(ctx, chooseCompanyView(member, found, ctx.language))
}

async function setCompany(
  ctx: BotContext,
  member: Member,
  { companyId: id }: { readonly companyId: number | undefined },
): Promise<void> {
  const company = id === undefined ? undefined : await companies.find(ctx.tx, id)
  if (id !== undefined && !company) return answerOutdated(ctx)
  await assign(ctx, member, { role: 'viewer', companyId: company?.id ?? null })
}

async function assign(ctx: BotContext, { id }: Member, rights: Rights): Promise<void> {
  const { tx, language } = ctx
  const isChanged = await members.assign(tx, id, rights)
  const member = await members.find(tx, id)
  if (!isChanged || !member) return answerOutdated(ctx)
  ctx.refreshCommands()
  const company = rights.role === 'viewer' && rights.companyId !== null ? { companyId: rights.companyId } : {}
  await audit.insert(tx, {
    ...ctx.actor,
    action: 'access.changed',
    object: `person:${id}`,
    details: { role: rights.role, ...company },
  })
  ctx.toast(texts[language].changed)
  show(ctx, member)
}

async function dismiss(ctx: BotContext, { id }: Member): Promise<void> {
  const { tx, person, language } = ctx
  if (!(await members.dismiss(tx, id, { decidedBy: person.id }))) return answerOutdated(ctx)
  ctx.refreshCommands()
  await audit.insert(tx, { ...ctx.actor, action: 'access.taken', object: `person:${id}` })
  ctx.toast(texts[language].dismissed)
  edit(ctx, await listPeople(ctx, undefined, 0))
}
