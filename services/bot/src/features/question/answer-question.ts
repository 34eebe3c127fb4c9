import { notUnderstood } from '@atermtrack/data'
import { readNumbers, readSmallTalk, type SmallTalk } from '@atermtrack/domain'
import { type Language, questionTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Handle } from '../../routing/feature.ts'
import type { LateRegister } from '../late-register/late-register.ts'
import type { Lookup } from '../lookup/lookup.ts'
import type { Search } from '../search/search.ts'
import type { Trains } from '../trains/trains.ts'

/** Answers a text on its own subject; false when the text is about something else. */
type Answerer = (ctx: BotContext, text: string) => Promise<boolean>

export interface QuestionOptions {
  readonly lookup: Pick<Lookup, 'lookUp' | 'sayMistyped'>
  readonly search: Pick<Search, 'answer' | 'unknownPlace'>
  readonly trains: Pick<Trains, 'answer' | 'say' | 'list'>
  readonly attention: (ctx: BotContext, text: string) => Promise<boolean>
  readonly terminals: Answerer
  readonly changes: Answerer
  readonly lateRegister: LateRegister['answer']
  readonly ledger: Answerer
  /** Reports of subscriptions that a text orders. */
  readonly reports: Answerer
}

/** Codes beyond this number are not answered in one message. */
const mostTrains = 100

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

/** Treats a message that no other handler accepts as a question, and passes it to the feature that can answer. */
export function createQuestion(options: QuestionOptions): Handle {
  const { lookup, search, trains, terminals, reports, attention, changes, lateRegister, ledger } = options
  // Before the others, which would take a place or a report in such a question for their own.
  const answersFirst = async (ctx: BotContext, text: string, codes: readonly string[]) =>
    (await attention(ctx, text)) ||
    (await changes(ctx, text)) ||
    (await reports(ctx, text)) ||
    (await lateRegister(ctx, text, codes)) ||
    ledger(ctx, text)
  return async (ctx) => {
    const words = texts[ctx.language]
    const text = textOf(ctx)
    if (text === undefined) return hasContent(ctx) ? ctx.say(words.noFiles) : undefined
    const numbers = readNumbers(text)
    const codes = numbers.trains.slice(0, mostTrains)
    const asked = { ...numbers, trains: codes }
    const isAsked = asked.containers.length + asked.wagons.length + asked.waybills.length > 0
    // In a message with numbers, names of places only describe them.
    if (isAsked || asked.mistyped.length > 0) {
      const read = isAsked ? await lookup.lookUp(ctx, asked) : await lookup.sayMistyped(ctx, asked, words.checkNumber)
      return codes.length === 0 ? undefined : trains.say(ctx, codes, read)
    }
    if (await answersFirst(ctx, text, codes)) return
    const talk = readSmallTalk(text)
    if (talk === 'trains') return trains.list(ctx)
    if (talk !== undefined) return ctx.say(smallTalkView(talk, ctx.language))
    if (await search.answer(ctx, text)) return
    if (codes.length > 0) return trains.answer(ctx, codes)
    if (await terminals(ctx, text)) return
    ctx.say((await search.unknownPlace(ctx, text)) ?? (await notUnderstoodView(ctx, text)))
  }
}

/** The answer to a message that no feature understands; it is recorded for admins, who see what people miss. */
async function notUnderstoodView({ tx, person, updateId, language }: BotContext, text: string): Promise<string> {
  if (text.trim() !== '') await notUnderstood.insert(tx, { personId: person.id, updateId, text })
  const words = texts[language]
  return `${words.notUnderstood} ${words.examples}`
}

/** The answer to a greeting, to thanks, or to a question about what the bot can do. */
function smallTalkView(talk: Exclude<SmallTalk, 'trains'>, language: Language): string {
  const words = texts[language]
  if (talk === 'greeting') return `${words.greeting} ${words.examples}`
  return talk === 'help' ? words.examples : words[talk]
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
