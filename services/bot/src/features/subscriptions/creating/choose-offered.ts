import { companies, findOfferedClient, type Subscription } from '@atermtrack/data'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import { edit } from '../../../routing/view.ts'
import * as actions from '../actions.ts'
import { findEditable, readerOf } from '../for-owner.ts'
import { loadCompanies } from '../offers.ts'
import { change, loadCard } from '../own.ts'
import { aboutStep, editSubjectStep } from '../steps.ts'
import { readSubject, type Subject, type SubjectParts, type SubjectReader } from '../subject.ts'
import { askTimes, openState } from './create-dialog.ts'

/** The buttons that choose the company or the client of a subscription, of a new one or in the place of its former subject. */
export function createOfferedSubjects(parts: SubjectParts): readonly ActionHandler[] {
  return [
    actions.offerCompanies.handle(async (ctx, { subscriptionId, page }) => {
      const reader = await readerFor(ctx, subscriptionId, parts)
      const view = reader && (await loadCompanies(reader, subscriptionId, page))
      return view ? edit(ctx, view) : answerOutdated(ctx)
    }),
    actions.chooseCompany.handle(async (ctx, { subscriptionId, companyId }) => {
      const reader = await readerFor(ctx, subscriptionId, parts)
      const subject = reader && (await companySubject(reader, companyId))
      return subject ? accept(ctx, subscriptionId, subject, parts) : answerOutdated(ctx)
    }),
    actions.chooseClient.handle(async (ctx, { subscriptionId, partyId }) => {
      const name = await findOfferedClient(ctx.tx, partyId)
      // Only one of whom the owner sees a container.
      const reader = await readerFor(ctx, subscriptionId, parts)
      const isKnown = name !== undefined && reader !== undefined
      const subject = isKnown ? await readSubject(reader, 'client', name, parts) : undefined
      return subject ? accept(ctx, subscriptionId, subject, parts) : answerOutdated(ctx)
    }),
  ]
}

/** The eyes of the owner of a subscription, or of the person for a new one; undefined where it cannot be edited. */
async function readerFor(
  ctx: BotContext,
  subscriptionId: number | undefined,
  { policy }: SubjectParts,
): Promise<SubjectReader | undefined> {
  if (subscriptionId === undefined) return ctx
  const edited = await findEditable(ctx, subscriptionId)
  return edited && readerOf(ctx, edited, policy)
}

/** Undefined for a company that is removed, and for a person who does not see everything. */
async function companySubject(
  { tx, scope }: SubjectReader,
  companyId: number | undefined,
): Promise<Subject | undefined> {
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
    const own = await findEditable(ctx, subscriptionId)
    return own && !own.isWatchList ? replace(ctx, own, subject) : answerOutdated(ctx)
  }
  const draft = aboutStep.read(openState(ctx))
  if (draft?.subject !== subject.subject) return answerOutdated(ctx)
  const { companyId, companyName, subjectText } = subject
  const named = { companyId: companyId ?? undefined, companyName, subjectText: subjectText ?? undefined }
  await askTimes(ctx, { name: draft.name, containers: [], subject: subject.subject, ...named }, parts)
}

async function replace(ctx: BotContext, own: Subscription, { subject, subjectText, companyId = null }: Subject) {
  if (editSubjectStep.read(openState(ctx))?.subscriptionId === own.id) await ctx.leaveDialog()
  await change(ctx, own, { subject, subjectText, companyId })
  const changed = await findEditable(ctx, own.id)
  return changed ? edit(ctx, await loadCard(ctx, changed)) : answerOutdated(ctx)
}
