import { broadcasts, companies } from '@atermtrack/data'
import { type BroadcastAudience, clipText, type SubscribedSubject } from '@atermtrack/domain'
import { broadcastTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { BotContext } from '../../routing/context.ts'
import { edit } from '../../routing/view.ts'
import { countPages, pageRow } from '../../text/pages.ts'
import * as actions from './actions.ts'
import { changeDraft } from './draft.ts'
import type { BroadcastOptions } from './guarded.ts'

type Broadcast = broadcasts.Broadcast
type SimpleChoice = Parameters<typeof actions.setAudience.data>[0]['audience']

/** With the row of pages and the row back, the keyboard stays within eight rows. */
const pageSize = 5
const mostLetters = 40

const simpleAudiences: Readonly<Record<SimpleChoice, BroadcastAudience>> = {
  everybody: { kind: 'everybody' },
  admin: { kind: 'role', role: 'admin' },
  operator: { kind: 'role', role: 'operator' },
  viewer: { kind: 'role', role: 'viewer' },
  active7: { kind: 'active', days: 7 },
  active30: { kind: 'active', days: 30 },
  active90: { kind: 'active', days: 90 },
}

/** Shows the kinds of audiences, with how many people each is now. */
export async function chooseAudience(ctx: BotContext, draft: Broadcast, { policy }: BroadcastOptions): Promise<void> {
  const words = texts[ctx.language]
  const { id: broadcastId } = draft
  const choices = Object.keys(simpleAudiences) as SimpleChoice[]
  const counts = await broadcasts.countAudiences(ctx.tx, Object.values(simpleAudiences), policy)
  const simple = (choice: SimpleChoice) => {
    const text = words.withCount(choiceName(choice, words.choice), counts[choices.indexOf(choice)] ?? 0)
    return actions.setAudience.button(text, { broadcastId, audience: choice })
  }
  const subject = (name: SubscribedSubject) =>
    actions.listSubjects.button(words.choice[name], { broadcastId, subject: name, page: 0 })
  showList(ctx, words.chooseAudience, [
    [simple('everybody')],
    [simple('admin'), simple('operator')],
    [simple('viewer'), actions.listCompanies.button(words.choice.company, { broadcastId, page: 0 })],
    [subject('train'), subject('destination'), subject('client')],
    [simple('active7'), simple('active30')],
    [simple('active90')],
    [actions.openBroadcast.button(words.back, { broadcastId })],
  ])
}

function choiceName(choice: SimpleChoice, words: (typeof texts)['ru']['choice']): string {
  const audience = simpleAudiences[choice]
  if (audience.kind === 'role') return words.role[audience.role]
  return audience.kind === 'active' ? words.active(audience.days) : words.everybody
}

export async function setSimple(
  ctx: BotContext,
  draft: Broadcast,
  choice: SimpleChoice,
  options: BroadcastOptions,
): Promise<void> {
  await changeDraft(ctx, draft, { audience: simpleAudiences[choice] }, options)
}

export async function listCompanies(
  ctx: BotContext,
  { id: broadcastId }: Broadcast,
  asked: number,
  { policy }: BroadcastOptions,
): Promise<void> {
  const words = texts[ctx.language]
  const { rows, total } = await companies.list(ctx.tx, { offset: asked * pageSize, limit: pageSize })
  const audiences = rows.map(({ id }): BroadcastAudience => ({ kind: 'company', companyId: id }))
  const counts = await broadcasts.countAudiences(ctx.tx, audiences, policy)
  const page = { page: asked, pages: countPages(total, pageSize) }
  showList(ctx, words.chooseCompany(total), [
    ...rows.map(({ id, name }, n) => [
      actions.setCompany.button(words.withCount(clipText(name, mostLetters), counts[n] ?? 0), {
        broadcastId,
        companyId: id,
      }),
    ]),
    ...pageRow(page, (target) => actions.listCompanies.data({ broadcastId, page: target })),
    [actions.chooseAudience.button(words.back, { broadcastId })],
  ])
}

export async function setCompany(
  ctx: BotContext,
  draft: Broadcast,
  companyId: number,
  options: BroadcastOptions,
): Promise<void> {
  const company = await companies.find(ctx.tx, companyId)
  if (!company) return listCompanies(ctx, draft, 0, options)
  await changeDraft(ctx, draft, { audience: { kind: 'company', companyId } }, options)
}

export async function listSubjects(
  ctx: BotContext,
  { id: broadcastId }: Broadcast,
  { subject, page: asked }: { readonly subject: SubscribedSubject; readonly page: number },
  { policy }: BroadcastOptions,
): Promise<void> {
  const words = texts[ctx.language]
  const part = { offset: asked * pageSize, limit: pageSize }
  const { rows, total } = await broadcasts.listSubscribed(ctx.tx, subject, part)
  const audiences = rows.map(({ text }): BroadcastAudience => ({ kind: 'subscribers', subject, text }))
  const counts = await broadcasts.countAudiences(ctx.tx, audiences, policy)
  const page = { page: asked, pages: countPages(total, pageSize) }
  showList(ctx, words.chooseSubject[subject](total), [
    ...rows.map(({ subscriptionId, text }, n) => [
      actions.setSubject.button(words.withCount(clipText(text, mostLetters), counts[n] ?? 0), {
        broadcastId,
        subscriptionId,
      }),
    ]),
    ...pageRow(page, (target) => actions.listSubjects.data({ broadcastId, subject, page: target })),
    [actions.chooseAudience.button(words.back, { broadcastId })],
  ])
}

export async function setSubject(
  ctx: BotContext,
  draft: Broadcast,
  subscriptionId: number,
  options: BroadcastOptions,
): Promise<void> {
  const audience = await broadcasts.findSubscribed(ctx.tx, subscriptionId)
  if (!audience) return chooseAudience(ctx, draft, options)
  await changeDraft(ctx, draft, { audience }, options)
}

function showList(ctx: BotContext, html: string, rows: InlineKeyboardButton[][]): void {
  edit(ctx, { html, keyboard: { inline_keyboard: rows } })
}
