import {
  type ContainerTies,
  containerTies,
  lookups,
  positions,
  type PositionView,
  reports,
  workbooks,
} from '@atermtrack/data'
import { type ContainerNumber, parseContainerNumber, type Question, readQuestion } from '@atermtrack/domain'
import { deliveryPriority } from '@atermtrack/queue'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import type { BotContext } from '../../context.ts'
import type { Feature, Handle } from '../../feature.ts'
import { joinRecords } from '../../html.ts'
import type { Producers } from '../../producers.ts'
import { texts as commonTexts } from '../../texts.ts'
import { cardKeyboard, cardView, type ViewOptions } from './card.ts'
import type { ViewSettings } from './view-settings.ts'
import { type Freshness, freshnessView } from './freshness.ts'
import { listView } from './list.ts'
import { mistypedView, notFoundView } from './missing.ts'
import { findSuggestions, suggestionKeyboard, type Suggestions } from './suggestions.ts'
import { summaryView } from './summary.ts'
import { notSeenView, tiesCardView } from './ties.ts'
import { texts } from './texts.ts'

export interface LookupOptions {
  readonly settings: ViewSettings
  readonly producers: Pick<Producers, 'buildReport'>
  /** Answer a text about something else than containers; false when it is not theirs. */
  readonly trains: Answerer
  readonly terminals: Answerer
}

export type Answerer = (ctx: BotContext, text: string) => Promise<boolean>

export interface Lookup {
  readonly feature: Feature
  /** Takes any message for a question about containers. */
  readonly question: Handle
}

type Asked = Pick<Question, 'containers' | 'mistyped'>

const longestList = 10
const readableContent = [
  'document',
  'photo',
  'sticker',
  'voice',
  'video',
  'video_note',
  'audio',
  'animation',
  'contact',
]

/** Answers where containers are: one with a card, some with a list, many with a summary and a workbook. */
export function createLookup(options: LookupOptions): Lookup {
  const ask: Handle = async (ctx) => ctx.say(texts[ctx.language].ask)
  return {
    question: (ctx) => answer(ctx, options),
    feature: { menu: { lookup: ask }, callbacks: { card: (ctx, [number]) => refresh(ctx, number, options) } },
  }
}

async function answer(ctx: BotContext, options: LookupOptions): Promise<void> {
  const words = texts[ctx.language]
  const text = textOf(ctx)
  if (text === undefined) return hasContent(ctx) ? ctx.say(words.noFiles) : undefined
  const { containers, mistyped } = readQuestion(text)
  if (containers.length > 0) await lookUp(ctx, { containers, mistyped }, options)
  if ((await options.trains(ctx, text)) || containers.length > 0) return
  if (mistyped.length === 0 && (await options.terminals(ctx, text))) return
  const suggestions = await findSuggestions(ctx.tx, ctx.person.id, mistyped)
  const records = mistyped.length > 0 ? [...mistypedView(mistyped, suggestions, ctx.language), ''] : []
  sayRecords(ctx, [...records, words.noNumber], suggestionKeyboard(suggestions))
}

async function lookUp(ctx: BotContext, { containers, mistyped }: Asked, options: LookupOptions): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const known = new Map((await positions.findMany(tx, containers)).map((position) => [position.container, position]))
  // In the order of the question.
  const found = containers.map((number) => known.get(number)).filter((position) => position !== undefined)
  const unseen = containers.filter((number) => !known.has(number))
  const isOne = containers.length === 1
  const ties = new Map(
    (await containerTies.findMany(tx, isOne ? containers : unseen)).map((tie) => [tie.container, tie]),
  )
  const tied = unseen.map((number) => ties.get(number)).filter((tie) => tie !== undefined)
  await lookups.insert(tx, { personId: person.id, updateId, containers, found: found.length + tied.length })
  const view = viewOptions(ctx, options)
  const [container] = containers
  const card = isOne && container ? oneView(known.get(container), ties.get(container), view) : undefined
  const missing = unseen.filter((number) => !ties.has(number))
  const suggestions = await findSuggestions(tx, person.id, [...missing, ...mistyped])
  if (container && card !== undefined) return sayCard(ctx, container, { card, mistyped, suggestions })
  const freshness = freshnessView(await freshnessOf(ctx, found, options), view)
  const isLong = containers.length > longestList
  const records = [
    ...(isLong ? summaryView(found, containers.length, view) : withGaps(listView(found, view))),
    ...notSeenView(tied, view),
    ...notFoundView(missing, suggestions, language),
    ...mistypedView(mistyped, suggestions, language),
    '',
    freshness,
    ...(isLong ? ['', texts[language].workbookFollows] : []),
  ]
  sayRecords(ctx, records, suggestionKeyboard(suggestions))
  if (isLong) await orderWorkbook(ctx, containers, options)
}

/** The card of a container, a short one when the railway has not seen it; undefined when nobody knows it. */
function oneView(
  position: PositionView | undefined,
  ties: ContainerTies | undefined,
  view: ViewOptions,
): string | undefined {
  if (position) return cardView(position, view, ties)
  return ties && tiesCardView(ties, view)
}

function sayCard(
  ctx: BotContext,
  container: ContainerNumber,
  {
    card,
    mistyped,
    suggestions,
  }: { readonly card: string; readonly mistyped: readonly string[]; readonly suggestions: Suggestions },
): void {
  ctx.say(card, { keyboard: cardKeyboard(container, ctx.language) })
  if (mistyped.length === 0) return
  sayRecords(ctx, mistypedView(mistyped, suggestions, ctx.language), suggestionKeyboard(suggestions))
}

async function orderWorkbook(
  ctx: BotContext,
  containers: readonly ContainerNumber[],
  { producers }: LookupOptions,
): Promise<void> {
  const { tx, person, updateId } = ctx
  const chatId = ctx.chat?.id ?? person.telegramId
  const { id } = await reports.insertLookup(tx, { personId: person.id, chatId, containers, updateId })
  ctx.afterCommit(() => producers.buildReport.ring({ reportId: id }, { priority: deliveryPriority.answer }))
}

async function refresh(ctx: BotContext, text: string | undefined, options: LookupOptions): Promise<void> {
  const number = text === undefined ? undefined : parseContainerNumber(text)
  const [position] = number ? await positions.findMany(ctx.tx, [number]) : []
  const [ties] = number ? await containerTies.findMany(ctx.tx, [number]) : []
  const card = oneView(position, ties, viewOptions(ctx, options))
  if (!number || card === undefined) return ctx.toast(commonTexts[ctx.language].staleButton)
  await lookups.insert(ctx.tx, { personId: ctx.person.id, updateId: ctx.updateId, containers: [number], found: 1 })
  ctx.toast(texts[ctx.language].refreshed)
  ctx.edit(card, { keyboard: cardKeyboard(number, ctx.language) })
}

/** Of the newest report among the positions, or of the newest one at all. */
async function freshnessOf(
  { tx }: BotContext,
  found: readonly PositionView[],
  { settings }: LookupOptions,
): Promise<Freshness | undefined> {
  const [newest] = [...found].sort((a, b) => b.asOf.getTime() - a.asOf.getTime())
  if (newest) return newest
  const freshness = await workbooks.findFreshness(tx)
  return freshness && { asOf: freshness.stamp, confirmedAt: freshness.confirmedAt, zone: settings.sourceZone }
}

function viewOptions({ language, now }: BotContext, { settings }: LookupOptions): ViewOptions {
  return { language, now, settings }
}

function withGaps(records: readonly string[]): readonly string[] {
  return records.flatMap((record, index) => (index === 0 ? [record] : ['', record]))
}

/** The keyboard stands under the last of the messages. */
function sayRecords(ctx: BotContext, records: readonly string[], keyboard?: InlineKeyboardMarkup): void {
  const isBlank = (html: string) => html.trim() === ''
  const messages = joinRecords(records.slice(records.findIndex((record) => !isBlank(record))))
  for (const html of messages) ctx.say(html, html === messages.at(-1) && keyboard ? { keyboard } : {})
}

/** The words of a message without the bot's own name. */
function textOf({ message, me }: BotContext): string | undefined {
  const text = message && ('text' in message ? message.text : 'caption' in message ? message.caption : undefined)
  return text?.replaceAll(`@${me}`, ' ')
}

/** Tells what somebody sent from what Telegram itself says in a chat. */
function hasContent({ message, isPrivate }: BotContext): boolean {
  return isPrivate && message !== undefined && readableContent.some((kind) => kind in message)
}
