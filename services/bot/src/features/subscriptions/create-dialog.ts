import { subscriptions } from '@atermtrack/data'
import {
  cleanText,
  hasValidCheckDigit,
  nextSlot,
  parseContainerNumber,
  parseSlot,
  readNumbers,
  type Slot,
  zoneLabel,
} from '@atermtrack/domain'
import { commonTexts, joinRecords, subscriptionsTexts as texts } from '@atermtrack/messages'
import { z } from 'zod'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { confirmView, momentView, namedNumbers, nextKeyboard, timesKeyboard } from './views.ts'

const containers = z.array(z.string())
const nameStep = z.object({ kind: z.literal('sub-name'), containers })
const numbersStep = z.object({ kind: z.literal('sub-numbers'), name: z.string(), containers })
const timesStep = z.object({ kind: z.literal('sub-times'), name: z.string(), containers })
const confirmStep = z.object({
  kind: z.literal('sub-confirm'),
  name: z.string(),
  containers,
  slots: z.array(z.string()),
})

const longestName = 60
const mostContainers = 1_000
const mostSlots = 6

/** The dialog that makes a subscription: name, numbers, times, confirmation. Its times are of the person's zone, else of this one. */
export function createSubscriptionDialog(defaultZone: string): Pick<Feature, 'callbacks' | 'dialogs'> {
  const zoneOf = ({ person }: BotContext) => person.zone ?? defaultZone
  return {
    callbacks: {
      'sub-add': (ctx) => beginSubscription(ctx, []),
      // Under cards that were sent before a tap was enough to watch one.
      'sub-new': async (ctx, [text]) => {
        const number = text === undefined ? undefined : parseContainerNumber(text)
        return number ? beginSubscription(ctx, [number]) : ctx.toast(commonTexts[ctx.language].staleButton)
      },
      'sub-next': (ctx) => closeNumbers(ctx, zoneOf(ctx)),
      'sub-times': (ctx, ids) => pressTimes(ctx, ids, zoneOf(ctx)),
      'sub-save': (ctx) => save(ctx, zoneOf(ctx)),
      'sub-drop': drop,
    },
    dialogs: {
      'sub-name': takeName,
      'sub-numbers': takeNumbers,
      'sub-times': (ctx, state) => typeTimes(ctx, state, zoneOf(ctx)),
      'sub-confirm': async (ctx) => ctx.say(texts[ctx.language].pressSave),
    },
  }
}

/** Starts the dialog with a list to begin with. */
export async function beginSubscription(ctx: BotContext, containers: readonly string[]): Promise<void> {
  await ctx.saveDialog({ kind: 'sub-name', containers })
  ctx.say(texts[ctx.language].askName)
}

async function takeName(ctx: BotContext, state: unknown): Promise<void> {
  const words = texts[ctx.language]
  const { containers } = nameStep.parse(state)
  const name = cleanText(textOf(ctx))
  if (name === '' || name.length > longestName) return ctx.say(words.badName)
  await ctx.saveDialog({ kind: 'sub-numbers', name, containers } satisfies z.infer<typeof numbersStep>)
  if (containers.length === 0) return ctx.say(words.askNumbers)
  ctx.say(words.numbers(containers.length, containers.length), { keyboard: nextKeyboard(ctx.language) })
}

async function takeNumbers(ctx: BotContext, state: unknown): Promise<void> {
  const words = texts[ctx.language]
  const { name, containers } = numbersStep.parse(state)
  const numbers = readNumbers(textOf(ctx))
  const known = new Set(containers)
  const fresh = numbers.containers.filter((number) => !known.has(number))
  const taken = fresh.slice(0, mostContainers - known.size)
  const all = [...containers, ...taken]
  await ctx.saveDialog({ kind: 'sub-numbers', name, containers: all } satisfies z.infer<typeof numbersStep>)
  const suspicious = taken.filter((number) => !hasValidCheckDigit(number))
  const records = [
    all.length === 0 ? words.noNumbers : words.numbers(taken.length, all.length),
    ...(fresh.length > taken.length ? [words.full] : []),
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
  const { data } = numbersStep.safeParse(openState(ctx))
  if (!data || data.containers.length === 0) return ctx.toast(commonTexts[ctx.language].staleButton)
  await ctx.saveDialog({ ...data, kind: 'sub-times' } satisfies z.infer<typeof timesStep>)
  ctx.say(texts[ctx.language].askTimes(zoneLabel(zone, ctx.now)), { keyboard: timesKeyboard(ctx.language) })
}

async function pressTimes(ctx: BotContext, ids: readonly string[], zone: string): Promise<void> {
  const { data } = timesStep.safeParse(openState(ctx))
  const slots = parseSlots(ids.map((id) => `${id.slice(0, 2)}:${id.slice(2)}`))
  if (!data || !slots) return ctx.toast(commonTexts[ctx.language].staleButton)
  await askToConfirm(ctx, { ...data, slots }, zone)
}

async function typeTimes(ctx: BotContext, state: unknown, zone: string): Promise<void> {
  const step = timesStep.parse(state)
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
  const state: z.infer<typeof confirmStep> = { ...draft, kind: 'sub-confirm' }
  await ctx.saveDialog(state)
  const { html, keyboard } = confirmView(state, zone, ctx.now, ctx.language)
  ctx.say(html, { keyboard })
}

async function save(ctx: BotContext, zone: string): Promise<void> {
  const { tx, person, updateId, now } = ctx
  const { data } = confirmStep.safeParse(openState(ctx))
  const next = data && nextSlot({ slots: data.slots as Slot[], zone, after: now })
  if (!data || !next) return ctx.toast(commonTexts[ctx.language].staleButton)
  const { name, containers, slots } = data
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
  const { data } = confirmStep.safeParse(openState(ctx))
  if (!data) return ctx.toast(commonTexts[ctx.language].staleButton)
  await ctx.leaveDialog()
  ctx.edit(texts[ctx.language].dropped)
}

function openState({ dialog }: BotContext): unknown {
  return dialog?.expired ? undefined : dialog?.state
}

/** In the order of the day, each once; undefined when one of them is no time, or they are none or too many. */
function parseSlots(texts: readonly string[]): Slot[] | undefined {
  const slots = texts.map(parseSlot).filter((slot) => slot !== undefined)
  const distinct = [...new Set(slots)].sort()
  if (slots.length < texts.length || distinct.length === 0 || distinct.length > mostSlots) return undefined
  return distinct
}

function textOf({ message }: BotContext): string {
  return message && 'text' in message ? message.text : ''
}
