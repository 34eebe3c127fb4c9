import { subscriptions } from '@atermtrack/data'
import {
  cleanText,
  hasValidCheckDigit,
  nextSlot,
  parseSlot,
  readNumbers,
  type Slot,
  zoneLabel,
} from '@atermtrack/domain'
import { joinRecords, subscriptionsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf, StepHandler } from '../../routing/dialog-step.ts'
import * as actions from './actions.ts'
import { confirmStep, nameStep, numbersStep, timesStep } from './steps.ts'
import { confirmView, momentView, namedNumbers, nextKeyboard, timesKeyboard } from './views.ts'

const longestName = 60
const mostContainers = 1_000
const mostSlots = 6

/** The dialog that creates a subscription: name, numbers, times, confirmation. `defaultZone` is for persons without a zone. */
export function createSubscriptionDialog(defaultZone: string): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  const zoneOf = ({ person }: BotContext) => person.zone ?? defaultZone
  return {
    actions: [
      actions.beginSubscription.handle((ctx) => beginSubscription(ctx, [])),
      actions.beginSubscriptionOfOne.handle((ctx, { container }) => beginSubscription(ctx, [container])),
      actions.closeNumbers.handle((ctx) => closeNumbers(ctx, zoneOf(ctx))),
      actions.chooseTimes.handle((ctx, { first, second }) => pressTimes(ctx, [first, second], zoneOf(ctx))),
      actions.saveSubscription.handle((ctx) => save(ctx, zoneOf(ctx))),
      actions.dropDraft.handle(drop),
    ],
    dialogs: [
      nameStep.handle(acceptName),
      numbersStep.handle(acceptNumbers),
      timesStep.handle((ctx, step) => typeTimes(ctx, step, zoneOf(ctx))),
      confirmStep.handle(async (ctx) => ctx.say(texts[ctx.language].pressSave)),
    ],
  }
}

/** Starts the dialog with the first containers of the list. */
export async function beginSubscription(ctx: BotContext, containers: readonly string[]): Promise<void> {
  await ctx.saveDialog(nameStep, { containers: [...containers] })
  ctx.say(texts[ctx.language].askName)
}

async function acceptName(ctx: BotContext, { containers }: StateOf<typeof nameStep>): Promise<void> {
  const words = texts[ctx.language]
  const name = cleanText(textOf(ctx))
  if (name === '' || name.length > longestName) return ctx.say(words.badName)
  await ctx.saveDialog(numbersStep, { name, containers })
  if (containers.length === 0) return ctx.say(words.askNumbers)
  ctx.say(words.numbers(containers.length, containers.length), { keyboard: nextKeyboard(ctx.language) })
}

async function acceptNumbers(ctx: BotContext, { name, containers }: StateOf<typeof numbersStep>): Promise<void> {
  const words = texts[ctx.language]
  const numbers = readNumbers(textOf(ctx))
  const known = new Set(containers)
  const fresh = numbers.containers.filter((number) => !known.has(number))
  const added = fresh.slice(0, mostContainers - known.size)
  const all = [...containers, ...added]
  await ctx.saveDialog(numbersStep, { name, containers: all })
  const suspicious = added.filter((number) => !hasValidCheckDigit(number))
  const records = [
    all.length === 0 ? words.noNumbers : words.numbers(added.length, all.length),
    ...(fresh.length > added.length ? [words.full] : []),
    ...namedNumbers(words.suspicious, suspicious, ctx.language),
    ...namedNumbers(words.mistyped, numbers.mistyped, ctx.language),
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
  ctx.say(texts[ctx.language].askTimes(zoneLabel(zone, ctx.now)), { keyboard: timesKeyboard(ctx.language) })
}

async function pressTimes(ctx: BotContext, times: readonly (string | undefined)[], zone: string): Promise<void> {
  const draft = timesStep.read(openState(ctx))
  const slots = parseSlots(times.filter((time) => time !== undefined))
  if (!draft || !slots) return answerOutdated(ctx)
  await askToConfirm(ctx, { ...draft, slots }, zone)
}

async function typeTimes(ctx: BotContext, step: StateOf<typeof timesStep>, zone: string): Promise<void> {
  const slots = parseSlots(
    textOf(ctx)
      .split(/[\s,;]+/)
      .filter(Boolean),
  )
  if (!slots) return ctx.say(texts[ctx.language].badTimes, { keyboard: timesKeyboard(ctx.language) })
  await askToConfirm(ctx, { ...step, slots }, zone)
}

async function askToConfirm(
  ctx: BotContext,
  draft: { readonly name: string; readonly containers: string[]; readonly slots: Slot[] },
  zone: string,
): Promise<void> {
  await ctx.saveDialog(confirmStep, draft)
  const { html, keyboard } = confirmView(draft, zone, ctx.now, ctx.language)
  ctx.say(html, { keyboard })
}

async function save(ctx: BotContext, zone: string): Promise<void> {
  const { tx, person, updateId, now } = ctx
  const draft = confirmStep.read(openState(ctx))
  const next = draft && nextSlot({ slots: draft.slots as Slot[], zone, after: now })
  if (!draft || !next) return answerOutdated(ctx)
  const { name, containers, slots } = draft
  const { plannedAt: nextDueAt } = next
  await subscriptions.insert(tx, {
    personId: person.id,
    name,
    containers,
    slots,
    zone,
    nextDueAt,
    createdUpdateId: updateId,
  })
  await ctx.leaveDialog()
  ctx.edit(texts[ctx.language].saved(name, momentView(nextDueAt, zone)))
}

async function drop(ctx: BotContext): Promise<void> {
  if (!confirmStep.read(openState(ctx))) return answerOutdated(ctx)
  await ctx.leaveDialog()
  ctx.edit(texts[ctx.language].dropped)
}

function openState({ dialog }: BotContext): unknown {
  return dialog?.expired ? undefined : dialog?.state
}

/** Distinct times in the order of the day; undefined when one of them is not a time, or when there are none or too many. */
function parseSlots(texts: readonly string[]): Slot[] | undefined {
  const slots = texts.map(parseSlot).filter((slot) => slot !== undefined)
  const distinct = [...new Set(slots)].sort()
  if (slots.length < texts.length || distinct.length === 0 || distinct.length > mostSlots) return undefined
  return distinct
}

function textOf({ message }: BotContext): string {
  return message && 'text' in message ? message.text : ''
}
