import type { BotContext } from '../../context.ts'
import type { Handle } from '../../feature.ts'
import { texts } from './texts.ts'

/** Tells also who has no access what is stored of them, and who erases it; all else is for `otherwise`. */
export function withPrivacy(otherwise: Handle): Handle {
  return async (ctx) => {
    if (!ctx.isPrivate || !asksForPrivacy(ctx)) return otherwise(ctx)
    const words = texts[ctx.language]
    ctx.say(`${words.privacy}\n\n${words.beforeAccess}`)
  }
}

function asksForPrivacy({ message }: BotContext): boolean {
  return message !== undefined && 'text' in message && /^\/privacy(?:@\S+)?$/i.test(message.text.trim())
}
