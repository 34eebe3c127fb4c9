import { notUnderstood } from '@atermtrack/data'
import { readNumbers, readPlans, readSmallTalk, readTail, type SmallTalk } from '@atermtrack/domain'
import { questionTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Handle } from '../../routing/feature.ts'
import { exampleTexts, readExamples } from './examples.ts'
import type { LateRegister } from '../late-register/late-register.ts'
import type { Asked } from '../lookup/answer.ts'
import type { Lookup } from '../lookup/lookup.ts'
import type { Search } from '../search/search.ts'
import type { Trains } from '../trains/trains.ts'

/** Answers a text on its own subject; false when the text is about something else. */
type Answerer = (ctx: BotContext, text: string) => Promise<boolean>

export interface QuestionOptions {
  readonly lookup: Pick<Lookup, 'lookUp' | 'lookUpTail' | 'sayMistyped'>
  readonly search: Pick<Search, 'answer' | 'nearest' | 'offerTrain' | 'sayWaiting'>
  readonly trains: Pick<Trains, 'answer' | 'answerName' | 'say' | 'list'>
  readonly attention: (ctx: BotContext, text: string) => Promise<boolean>
  readonly terminals: Answerer
  readonly clients: Answerer
  readonly changes: Answerer
  readonly lateRegister: LateRegister['answer']
  readonly ledger: Answerer
  /** Reports of subscriptions that a text orders. */
  readonly reports: Answerer
}

/** Codes beyond this number are not answered in one message. */
const mostTrains = 100
const stationDigits = 6

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
  'location',
  'venue',
  'poll',
  'dice',
  'story',
]

export interface Question {
  /** Treats a message that no other handler accepts as a question. */
  readonly handle: Handle
  /** Answers a text as if the person had written it. */
  readonly ask: (ctx: BotContext, text: string) => Promise<void>
}

/** Passes a question to the feature that can answer it. */
export function createQuestion(options: QuestionOptions): Question {
  const { lookup, search, trains, terminals, reports, attention, changes, lateRegister, ledger, clients } = options
  // Before the others, which would take a place or a report in such a question for their own.
  const answersFirst = async (ctx: BotContext, text: string, codes: readonly string[]) =>
    (await attention(ctx, text)) ||
    (await changes(ctx, text)) ||
    (await reports(ctx, text)) ||
    (await lateRegister(ctx, text, codes)) ||
    ledger(ctx, text)
  const ask = async (ctx: BotContext, text: string) => {
    const numbers = readNumbers(text)
    const asked = { ...numbers, trains: numbers.trains.slice(0, mostTrains) }
    // In a message with numbers, names of places only describe them.
    if (hasNumbers(asked) || asked.mistyped.length > 0) return sayNumbers(ctx, text, asked, options)
    if (await answersDigits(ctx, text, options)) return
    if (await trains.answerName(ctx, text)) return
    if (await answersFirst(ctx, text, asked.trains)) return
    const talk = readSmallTalk(text)
    if (talk === 'trains') return trains.list(ctx)
    if (talk !== undefined) return sayTalk(ctx, talk)
    if (readPlans(text)) return search.sayWaiting(ctx)
    if ((await clients(ctx, text)) || (await search.answer(ctx, text))) return
    if (asked.trains.length > 0) return trains.answer(ctx, asked.trains)
    if ((await answersTail(ctx, text, lookup)) || (await terminals(ctx, text))) return
    await sayNotUnderstood(ctx, text, search)
  }
  return {
    ask,
    async handle(ctx) {
      const text = textOf(ctx)
      if (text !== undefined) return ask(ctx, text)
      if (hasContent(ctx)) ctx.say(texts[ctx.language].noFiles)
    },
  }
}

function hasNumbers({ containers, wagons, waybills }: Asked): boolean {
  return containers.length + wagons.length + waybills.length > 0
}

async function sayNumbers(
  ctx: BotContext,
  text: string,
  asked: Asked,
  { lookup, trains }: Pick<QuestionOptions, 'lookup' | 'trains'>,
): Promise<void> {
  const isAsked = hasNumbers(asked)
  if (!isAsked && (await answersTail(ctx, text, lookup))) return
  const hint = texts[ctx.language].checkNumber
  const read = isAsked ? await lookup.lookUp(ctx, asked) : await lookup.sayMistyped(ctx, asked, hint)
  if (asked.trains.length > 0) trains.say(ctx, asked.trains, read)
}

/** Answers four or five digits: the last ones of a number, or the number of a train of the railway. Six may be the code of a station. */
async function answersDigits(
  ctx: BotContext,
  text: string,
  { lookup, search }: Pick<QuestionOptions, 'lookup' | 'search'>,
): Promise<boolean> {
  const digits = readTail(text)
  if (digits === undefined || digits.length >= stationDigits) return false
  const { isContainer, inTrain } = await lookup.lookUpTail(ctx, digits)
  if (inTrain > 0) search.offerTrain(ctx, digits, inTrain)
  else if (!isContainer) ctx.say(texts[ctx.language].unknownDigits(digits))
  return true
}

/** Answers a text that holds nothing but the last digits of a number; false when nobody knows such a container. */
async function answersTail(ctx: BotContext, text: string, lookup: QuestionOptions['lookup']): Promise<boolean> {
  const digits = readTail(text)
  return digits !== undefined && (await lookup.lookUpTail(ctx, digits)).isContainer
}

/**
 * Answers a message that no feature understands: with the nearest that can be asked, or else with examples. It is recorded for admins, who
 * see what people miss, except where it names a place that no file has named.
 */
async function sayNotUnderstood(ctx: BotContext, text: string, search: QuestionOptions['search']): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const nearest = await search.nearest(ctx, text)
  const record = text.trim() === '' ? undefined : { personId: person.id, updateId, text }
  if (!nearest) {
    const words = texts[language]
    return ctx.say(`${words.notUnderstood} ${words.examples(exampleTexts(await readExamples(ctx, record), language))}`)
  }
  if (record && nearest.kind !== 'unknown_place') await notUnderstood.insert(tx, record)
  const { html, keyboard } = nearest.view
  ctx.say(html, keyboard.inline_keyboard.length > 0 ? { keyboard } : {})
}

/** Answers a greeting, thanks, or to a question about what the bot can do. */
async function sayTalk(ctx: BotContext, talk: Exclude<SmallTalk, 'trains'>): Promise<void> {
  const words = texts[ctx.language]
  if (talk === 'thanks' || talk === 'own') return ctx.say(words[talk])
  const examples = words.examples(exampleTexts(await readExamples(ctx), ctx.language))
  ctx.say(talk === 'greeting' ? `${words.greeting} ${examples}` : examples)
}

/** The text of a message without the bot's own name. */
function textOf({ message, me }: BotContext): string | undefined {
  const text = message && ('text' in message ? message.text : 'caption' in message ? message.caption : undefined)
  return text?.replaceAll(`@${me}`, ' ')
}

/** True for content from a person, false for a service message of Telegram. */
function hasContent({ message, isPrivate }: BotContext): boolean {
  return isPrivate && message !== undefined && readableContent.some((kind) => kind in message)
}
