import { companies, findOfferedClient, type Subscription, subscriptions } from '@atermtrack/data'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import { edit } from '../../../routing/view.ts'
import * as actions from '../actions.ts'
import { loadCompanies } from '../offers.ts'
import { change, loadCard } from '../own.ts'
import { aboutStep, editSubjectStep } from '../steps.ts'
import { readSubject, type Subject, type SubjectParts } from '../subject.ts'
import { askTimes, openState } from './create-dialog.ts'

/** The buttons that choose the company or the client of a subscription, of a new one or in the place of its former subject. */
export function createOfferedSubjects(parts: SubjectParts): readonly ActionHandler[] {
  return [
    actions.offerCompanies.handle(async (ctx, { subscriptionId, page }) => {
      const view = await loadCompanies(ctx, subscriptionId, page)
      return view ? edit(ctx, view) : answerOutdated(ctx)
    }),
    actions.chooseCompany.handle(async (ctx, { subscriptionId, companyId }) => {
      const subject = await companySubject(ctx, companyId)
      return subject ? accept(ctx, subscriptionId, subject, parts) : answerOutdated(ctx)
    }),
    actions.chooseClient.handle(async (ctx, { subscriptionId, partyId }) => {
      const name = await findOfferedClient(ctx.tx, partyId)
      // Only one of whom the person sees a container.
      const subject = name === undefined ? undefined : await readSubject(ctx, 'client', name, parts)
      return subject ? accept(ctx, subscriptionId, subject, parts) : answerOutdated(ctx)
    }),
  ]
}

/** Undefined for a company that is removed, and for a person who does not see everything. */
async function companySubject({ tx, scope }: BotContext, companyId: number | undefined): Promise<Subject | undefined> {
  if (companyId === undefined) return { subject: 'company', subjectText: null }
  const company = scope.kind === 'all' ? await companies.find(tx, companyId) : undefined
  return company && { subject: 'company', subjectText: null, companyId: company.id, companyName: company.name }
}

async function accept(
  ctx: BotContext,
  subscriptionId: number | undefined,
  subject: Subject,
  parts: SubjectParts,
): Promise<void> {
  if (subscriptionId !== undefined) {
    const own = await subscriptions.find(ctx.tx, subscriptionId, ctx.person.id)
    return own && !own.isWatchList ? replace(ctx, own, subject) : answerOutdated(ctx)
  }
  const draft = aboutStep.read(openState(ctx))
  if (draft?.subject !== subject.subject) return answerOutdated(ctx)
  const { companyId, companyName, subjectText } = subject
  const named = { companyId: companyId ?? undefined, companyName, subjectText: subjectText ?? undefined }
  await askTimes(ctx, { name: draft.name, containers: [], subject: subject.subject, ...named }, parts)
}

async function replace(ctx: BotContext, own: Subscription, { subject, subjectText, companyId = null }: Subject) {
  const { tx, person } = ctx
  if (editSubjectStep.read(openState(ctx))?.subscriptionId === own.id) await ctx.leaveDialog()
  await change(ctx, own, { subject, subjectText, companyId })
  const changed = await subscriptions.find(tx, own.id, person.id)
  return changed ? edit(ctx, await loadCard(ctx, changed)) : answerOutdated(ctx)
}
