import { lookups, subscriptions, telegramUpdates } from '@atermtrack/data'
import {
  cleanText,
  cutText,
  hasValidCheckDigit,
  longestSubscriptionName,
  mostListed,
  nextDueAt,
  readItems,
  readNumbers,
  type Slot,
  type SubscriptionSubject,
  zoneLabel,
} from '@atermtrack/domain'
import { formatStamp, joinRecords, subscriptionsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StateOf, StepHandler } from '../../../routing/dialog-step.ts'
import { say, textOf } from '../../../routing/view.ts'
import * as actions from '../actions.ts'
import { aboutView, clip, namedNumbers } from '../describe.ts'
import { clientRows, loadCompanies } from '../offers.ts'
import { keepOnLeaving } from './draft-keeping.ts'
import { parseSlots } from '../parse-slots.ts'
import { aboutStep, confirmStep, nameStep, numbersStep, timesStep } from '../steps.ts'
import { countMatches, isNamedSubject, readSubject, type SubjectParts } from '../subject.ts'
import { confirmView, nextKeyboard, subjectsKeyboard, timesKeyboard } from '../views.ts'

/** A person has no more of them. */
export const mostSubscriptions = 50

type About = Omit<StateOf<typeof numbersStep>, 'name'>
type Named = StateOf<typeof numbersStep>

/** The dialog that creates a subscription: name, numbers or another subject, times, confirmation. */
export function createSubscriptionDialog(parts: SubjectParts): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  const zoneOf = ({ person }: BotContext) => person.zone ?? parts.zone
  return {
    actions: [
      actions.beginSubscription.handle((ctx) => beginSubscription(ctx, { containers: [] })),
      actions.beginSubscriptionOfOne.handle((ctx, { container }) =>
        beginSubscription(ctx, { containers: [container] }),
      ),
      actions.subscribeToList.handle((ctx, { list }) => beginWithList(ctx, list)),
      actions.subscribeToQuestion.handle((ctx, { question }) => beginWithQuestion(ctx, question, parts)),
      actions.acceptSuggestedName.handle((ctx) => acceptSuggestedName(ctx, parts)),
      actions.chooseSubject.handle((ctx, { subject }) => chooseSubject(ctx, subject, parts)),
      actions.closeNumbers.handle((ctx) => closeNumbers(ctx, zoneOf(ctx))),
      actions.chooseTimes.handle((ctx, { first, second }) => pressTimes(ctx, [first, second], zoneOf(ctx))),
      actions.saveSubscription.handle((ctx) => save(ctx, zoneOf(ctx))),
      actions.dropDraft.handle(drop),
    ],
    dialogs: [
      nameStep.handle((ctx, about) => acceptName(ctx, about, parts), keepOnLeaving),
      numbersStep.handle(acceptNumbers, keepOnLeaving),
      aboutStep.handle((ctx, draft) => acceptSubject(ctx, draft, parts), keepOnLeaving),
      timesStep.handle((ctx, step) => typeTimes(ctx, step, zoneOf(ctx)), keepOnLeaving),
      confirmStep.handle(async (ctx) => ctx.say(texts[ctx.language].pressSave), keepOnLeaving),
    ],
  }
}

/** Starts the dialog with what the subscription is about, as far as it is known; `suggested` is a name for it. */
export async function beginSubscription(
  ctx: BotContext,
  about: {
    readonly containers?: readonly string[]
    readonly subject?: SubscriptionSubject
    readonly subjectText?: string
    readonly suggested?: string
  },
): Promise<void> {
  const words = texts[ctx.language]
  if ((await subscriptions.count(ctx.tx, ctx.person.id)) >= mostSubscriptions) return ctx.say(words.full50)
  const containers = [...(about.containers ?? [])]
  const suggested = about.suggested ?? (containers.length > 0 ? words.unnamed : undefined)
  await ctx.saveDialog(nameStep, { ...about, containers, ...(suggested !== undefined && { suggested }) })
  if (suggested === undefined) return ctx.say(words.askName)
  const keyboard = { inline_keyboard: [[actions.acceptSuggestedName.button(words.suggestName(clip(suggested)))]] }
  ctx.say(words.askName, { keyboard })
}

async function beginWithList(ctx: BotContext, list: number): Promise<void> {
  const asked = await lookups.find(ctx.tx, list, ctx.person.id)
  if (!asked || asked.containers.length === 0) return answerOutdated(ctx)
  await beginSubscription(ctx, { containers: asked.containers.slice(0, mostListed) })
}

async function beginWithQuestion(ctx: BotContext, question: number, parts: SubjectParts): Promise<void> {
  const text = await telegramUpdates.findText(ctx.tx, question, ctx.person.telegramId)
  const subject = text === undefined ? undefined : await readSubject(ctx, 'question', text, parts)
  if (!subject?.subjectText) return answerOutdated(ctx)
  const { subjectText } = subject
  await beginSubscription(ctx, { subject: 'question', subjectText, suggested: nameOf(subjectText) })
}

/** A name from any text. */
function nameOf(text: string): string {
  return cutText(cleanText(text), longestSubscriptionName).trim()
}

async function acceptSuggestedName(ctx: BotContext, parts: SubjectParts): Promise<void> {
  const draft = nameStep.read(openState(ctx))
  if (draft?.suggested === undefined) return answerOutdated(ctx)
  await nameDraft(ctx, draft, nameOf(draft.suggested), parts)
}

async function acceptName(ctx: BotContext, about: StateOf<typeof nameStep>, parts: SubjectParts): Promise<void> {
  if (isList(about) && isNumbersAlone(textOf(ctx))) return takeNumbersFirst(ctx, about)
  const name = cleanText(textOf(ctx))
  if (name === '' || name.length > longestSubscriptionName) return ctx.say(texts[ctx.language].badName)
  await nameDraft(ctx, about, name, parts)
}

function isList({ subject = 'containers' }: About): boolean {
  return subject === 'containers'
}

function isNumbersAlone(text: string): boolean {
  const { containers, mistyped, rest } = readNumbers(text)
  return containers.length > 0 && mistyped.length === 0 && !/[\p{L}\p{N}]/u.test(rest)
}

/** Somebody who pastes numbers when asked for a name gives the list first. */
async function takeNumbersFirst(ctx: BotContext, about: StateOf<typeof nameStep>): Promise<void> {
  const words = texts[ctx.language]
  const { containers } = readNumbers(textOf(ctx))
  const all = [...new Set([...about.containers, ...containers])].slice(0, mostListed)
  const { suggested = words.unnamed } = about
  await ctx.saveDialog(nameStep, { ...about, containers: all, suggested })
  const keyboard = { inline_keyboard: [[actions.acceptSuggestedName.button(words.suggestName(clip(suggested)))]] }
  ctx.say(words.numbersBeforeName(all.length - about.containers.length, all.length), { keyboard })
}

async function nameDraft(
  ctx: BotContext,
  { suggested: _suggested, ...about }: StateOf<typeof nameStep>,
  name: string,
  parts: SubjectParts,
): Promise<void> {
  const draft = { name, ...about }
  if (!isList(about)) return askTimes(ctx, draft, parts)
  await ctx.saveDialog(numbersStep, draft)
  askNumbers(ctx, draft)
}

/** Asks for numbers, or for another subject while there are none. */
export function askNumbers(ctx: BotContext, { containers }: About): void {
  const words = texts[ctx.language]
  if (containers.length > 0) {
    return ctx.say(words.numbers(containers.length, containers.length), { keyboard: nextKeyboard(ctx.language) })
  }
  const rows = subjectsKeyboard(ctx.language, (text, subject) => actions.chooseSubject.button(text, { subject }))
  ctx.say(`${words.askNumbers}\n${words.numbersOrSubject}`, { keyboard: { inline_keyboard: rows } })
}

async function chooseSubject(ctx: BotContext, subject: SubscriptionSubject, parts: SubjectParts): Promise<void> {
  const draft = numbersStep.read(openState(ctx)) ?? aboutStep.read(openState(ctx))
  if (!draft || subject === 'containers') return answerOutdated(ctx)
  await askSubject(ctx, { name: draft.name, containers: [], subject }, parts)
}

/** Asks which train, company, client, place or question is meant. */
export async function askSubject(
  ctx: BotContext,
  draft: StateOf<typeof aboutStep>,
  parts: SubjectParts,
): Promise<void> {
  const { subject } = draft
  const view = subject === 'company' ? await loadCompanies(ctx, undefined, 0) : undefined
  if (!view && !isNamedSubject(subject)) return askTimes(ctx, draft, parts)
  await ctx.saveDialog(aboutStep, draft)
  if (view || !isNamedSubject(subject)) return view && say(ctx, view)
  const rows = subject === 'client' ? await clientRows(ctx, undefined) : []
  ctx.say(texts[ctx.language].askSubject[subject], rows.length === 0 ? {} : { keyboard: { inline_keyboard: rows } })
}

async function acceptSubject(ctx: BotContext, draft: StateOf<typeof aboutStep>, parts: SubjectParts): Promise<void> {
  const { name, subject } = draft
  // A company is chosen by a button.
  if (!isNamedSubject(subject)) return askSubject(ctx, draft, parts)
  const read = await readSubject(ctx, subject, textOf(ctx), parts)
  if (!read?.subjectText) return ctx.say(texts[ctx.language].badSubject[subject])
  const { subjectText, stationName } = read
  await askTimes(ctx, { name, containers: [], subject, subjectText, stationName }, parts)
}

export async function askTimes(ctx: BotContext, draft: Named, parts: SubjectParts): Promise<void> {
  const words = texts[ctx.language]
  const subject = subjectOf(draft)
  await ctx.saveDialog(timesStep, draft)
  const zone = ctx.person.zone ?? parts.zone
  const about = aboutView({ ...subject, size: 0 }, ctx.language)
  const { companyName: _company, stationName: _station, ...asked } = subject
  const matches = words.matches(await countMatches(ctx, asked, parts))
  const question = words.askTimes(zoneLabel(zone, ctx.now))
  ctx.say(`${about}. ${matches}\n${question}`, { keyboard: timesKeyboard(ctx) })
}

/** The subject of a draft, as a subscription has it. */
function subjectOf({ subject = 'containers', subjectText, companyId, companyName, stationName }: About) {
  return {
    subject,
    subjectText: subjectText ?? null,
    companyId: companyId ?? null,
    companyName: companyName ?? null,
    stationName: stationName ?? null,
  }
}

async function acceptNumbers(ctx: BotContext, draft: Named): Promise<void> {
  const words = texts[ctx.language]
  const { containers } = draft
  const { items, mistyped } = readItems(textOf(ctx))
  const known = new Set(containers)
  const fresh = items.filter(({ container }) => !known.has(container))
  const added = fresh.slice(0, mostListed - known.size)
  const all = [...containers, ...added.map(({ container }) => container)]
  await ctx.saveDialog(numbersStep, {
    ...draft,
    containers: all,
    words: { ...draft.words, ...Object.fromEntries(added.map(({ container, ...said }) => [container, said])) },
  })
  const suspicious = added.map(({ container }) => container).filter((number) => !hasValidCheckDigit(number))
  const records = [
    all.length === 0 ? words.noNumbers : words.numbers(added.length, all.length),
    ...(fresh.length > added.length ? [words.full] : []),
    ...namedNumbers(words.suspicious, suspicious, ctx.language),
    ...namedNumbers(words.mistyped, mistyped, ctx.language),
  ]
  const messages = joinRecords(records)
  for (const [index, html] of messages.entries()) {
    const isLast = index === messages.length - 1 && all.length > 0
    ctx.say(html, isLast ? { keyboard: nextKeyboard(ctx.language) } : {})
  }
}

async function closeNumbers(ctx: BotContext, zone: string): Promise<void> {
  const draft = numbersStep.read(openState(ctx))
  if (!draft || draft.containers.length === 0) return answerOutdated(ctx)
  await ctx.saveDialog(timesStep, draft)
  ctx.say(texts[ctx.language].askTimes(zoneLabel(zone, ctx.now)), { keyboard: timesKeyboard(ctx) })
}

async function pressTimes(ctx: BotContext, times: readonly (string | undefined)[], zone: string): Promise<void> {
  const draft = timesStep.read(openState(ctx))
  const slots = parseSlots(times.filter((time) => time !== undefined))
  if (!draft || !slots) return answerOutdated(ctx)
  await askToConfirm(ctx, { ...draft, slots }, zone)
}

async function typeTimes(ctx: BotContext, step: Named, zone: string): Promise<void> {
  const slots = parseSlots(
    textOf(ctx)
      .split(/[\s,;]+/)
      .filter(Boolean),
  )
  if (!slots) return ctx.say(texts[ctx.language].badTimes, { keyboard: timesKeyboard(ctx) })
  await askToConfirm(ctx, { ...step, slots }, zone)
}

export async function askToConfirm(ctx: BotContext, draft: StateOf<typeof confirmStep>, zone: string): Promise<void> {
  await ctx.saveDialog(confirmStep, draft)
  const shown = { ...draft, ...subjectOf(draft), size: draft.containers.length, zone }
  const { html, keyboard } = confirmView(shown, ctx.now, ctx.language)
  ctx.say(html, { keyboard })
}

async function save(ctx: BotContext, zone: string): Promise<void> {
  const { tx, person, updateId, now } = ctx
  const draft = confirmStep.read(openState(ctx))
  const dueAt = draft && nextDueAt({ slots: draft.slots as Slot[], zone, now })
  if (!draft || !dueAt) return answerOutdated(ctx)
  const { name, containers, words = {}, slots } = draft
  const { companyName: _company, stationName: _station, ...subject } = subjectOf(draft)
  const items = containers.map((container) => ({ container, ...words[container] }))
  const choices = { ...subject, slots, zone, nextDueAt: dueAt }
  const created = { personId: person.id, name, items, ...choices, createdUpdateId: updateId }
  const { id: subscriptionId } = await subscriptions.insert(tx, created)
  await ctx.leaveDialog()
  const { open, saved } = texts[ctx.language]
  const keyboard = { inline_keyboard: [[actions.viewSubscription.button(open, { subscriptionId })]] }
  ctx.edit(saved(name, formatStamp(dueAt, { language: ctx.language, zone, now })), { keyboard })
}

async function drop(ctx: BotContext): Promise<void> {
  if (!confirmStep.read(openState(ctx))) return answerOutdated(ctx)
  await ctx.leaveDialog()
  ctx.edit(texts[ctx.language].dropped)
}

/** The state of the dialog of the person; undefined where none is open. */
export function openState({ dialog }: BotContext): unknown {
  return dialog?.expired ? undefined : dialog?.state
}
