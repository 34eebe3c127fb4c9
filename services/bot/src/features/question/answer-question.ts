import { readNumbers } from '@atermtrack/domain'
import type { BotContext } from '../../context.ts'
import type { Handle } from '../../feature.ts'
import type { Lookup } from '../lookup/lookup.ts'
import { texts } from './texts.ts'

/** Answers a text about something else than containers; false when it is not theirs. */
type Answerer = (ctx: BotContext, text: string) => Promise<boolean>

export interface QuestionOptions {
  readonly lookup: Pick<Lookup, 'lookUp' | 'sayMistyped'>
  readonly search: Answerer
  readonly trains: Answerer
  readonly terminals: Answerer
}

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

/** Takes any message that nothing else wants for a question, and hands it to who can answer. */
export function createQuestion({ lookup, search, trains, terminals }: QuestionOptions): Handle {
  return async (ctx) => {
    const words = texts[ctx.language]
    const text = textOf(ctx)
    if (text === undefined) return hasContent(ctx) ? ctx.say(words.noFiles) : undefined
    const numbers = readNumbers(text)
    const isAsked = numbers.containers.length + numbers.wagons.length + numbers.waybills.length > 0
    if (isAsked) await lookup.lookUp(ctx, numbers)
    // Beside numbers the names of places describe them.
    const isSearch = !isAsked && numbers.mistyped.length === 0 && (await search(ctx, text))
    if (isSearch || (await trains(ctx, numbers.rest)) || isAsked) return
    if (numbers.mistyped.length > 0) return lookup.sayMistyped(ctx, numbers.mistyped, words.noNumber)
    if (!(await terminals(ctx, text))) ctx.say(words.noNumber)
  }
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
