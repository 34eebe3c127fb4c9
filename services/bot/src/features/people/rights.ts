import { audit, companies, type ListedPerson, members, type Rights } from '@atermtrack/data'
import { rightsLock } from '@atermtrack/domain'
import { membersTexts as texts, notice } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated, type Pressed } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { edit } from '../../routing/view.ts'
import { announceRights } from '../access/announce-rights.ts'
import { notify } from '../access/notify.ts'
import { loadPage } from '../companies/load-page.ts'
import * as actions from './actions.ts'
import { ofPerson, showCard } from './card.ts'
import type { PeopleOptions } from './people.ts'
import { appointView, chooseCompanyView, chooseRightsView, dismissView } from './rights-views.ts'

const companiesPerPage = 5

type Press<P> = (ctx: BotContext, person: ListedPerson, pressed: P) => Promise<void>

/** The buttons that let somebody in, change their role and company, or close their access. */
export function createRightsActions(options: PeopleOptions): readonly ActionHandler[] {
  const changeable = <P>(press: Press<P>) => ofPerson(unlocked(press, options))
  return [
    actions.offerRights.handle(changeable(async (ctx, person) => edit(ctx, chooseRightsView(person, ctx.language)))),
    actions.offerCompanies.handle(changeable(chooseCompany)),
    actions.setCompany.handle(
      changeable(async (ctx, person, { companyId: id, letIn }: Pressed<typeof actions.setCompany.parameters>) => {
        const company = id === undefined ? undefined : await companies.find(ctx.tx, id)
        if (id !== undefined && !company) return answerOutdated(ctx)
        await give(ctx, person, { rights: { role: 'viewer', companyId: company?.id ?? null }, letIn }, options)
      }),
    ),
    actions.setRole.handle(
      changeable((ctx, person, { role, letIn }: Pressed<typeof actions.setRole.parameters>) =>
        give(ctx, person, { rights: { role }, letIn }, options),
      ),
    ),
    actions.askToAppoint.handle(
      changeable(async (ctx, person, { letIn }: Pressed<typeof actions.askToAppoint.parameters>) =>
        edit(ctx, appointView(person, { letIn, language: ctx.language })),
      ),
    ),
    actions.askToDismiss.handle(changeable(async (ctx, person) => edit(ctx, dismissView(person, ctx.language)))),
    actions.dismissPerson.handle(changeable((ctx, person) => dismiss(ctx, person, options))),
  ]
}

/** Admins change neither their own rights nor those that the settings give, so that one of them always stays. */
function unlocked<P>(press: Press<P>, { policy }: PeopleOptions): Press<P> {
  return async (ctx, person, pressed) => {
    const words = texts[ctx.language]
    const lock = rightsLock(person, ctx.person, policy)
    if (lock !== undefined) return ctx.toast(lock === 'own' ? words.ownToast : words.namedToast)
    return press(ctx, person, pressed)
  }
}

async function chooseCompany(
  ctx: BotContext,
  person: ListedPerson,
  { page, letIn }: Pressed<typeof actions.offerCompanies.parameters>,
): Promise<void> {
  const found = await loadPage(page, companiesPerPage, (part) => companies.list(ctx.tx, part))
  edit(ctx, chooseCompanyView(person, found, { letIn, language: ctx.language }))
}

async function give(
  ctx: BotContext,
  person: ListedPerson,
  { rights, letIn }: { readonly rights: Rights; readonly letIn: 'in' | undefined },
  options: PeopleOptions,
): Promise<void> {
  const { tx, person: admin, language } = ctx
  const { id } = person
  if (!(await isStillAdmin(ctx, id, options))) return answerOutdated(ctx)
  // Nothing to notify anybody about.
  if (has(person, rights)) return showCard(ctx, id, options)
  const isDone = letIn ? members.letIn(tx, id, { rights, decidedBy: admin.id }) : members.assign(tx, id, rights)
  if (!(await isDone)) {
    answerOutdated(ctx)
    return showCard(ctx, id, options)
  }
  await announceRights(ctx, id, rights, letIn ? 'let_in' : 'changed')
  ctx.toast(texts[language].changed)
  await showCard(ctx, id, options)
}

function has({ access, role, companyId }: ListedPerson, rights: Rights): boolean {
  const isOfCompany = rights.role !== 'viewer' || rights.companyId === companyId
  return access === 'granted' && role === rights.role && isOfCompany
}

async function dismiss(ctx: BotContext, { id, telegramId, access }: ListedPerson, options: PeopleOptions) {
  const { tx, person: admin, language } = ctx
  if (!(await isStillAdmin(ctx, id, options))) return answerOutdated(ctx)
  if (!(await members.dismiss(tx, id, { decidedBy: admin.id }))) return answerOutdated(ctx)
  ctx.refreshCommands()
  const isDeclined = access === 'requested'
  const action = isDeclined ? 'access.denied' : 'access.taken'
  await audit.insert(tx, { ...ctx.actor, action, object: `person:${id}` })
  // A person who waits for an answer gets one; the others learn it when they write the next time.
  const denied = notice('access_denied', {})
  if (isDeclined) await notify(ctx, { audience: 'anybody', chatId: telegramId, personId: id, notice: denied })
  ctx.toast(isDeclined ? texts[language].declined : texts[language].dismissed)
  await showCard(ctx, id, options)
}

async function isStillAdmin({ tx, person }: BotContext, personId: number, { policy }: PeopleOptions): Promise<boolean> {
  return members.lockForChange(tx, { adminId: person.id, personId, adminChatIds: policy.adminChatIds })
}
