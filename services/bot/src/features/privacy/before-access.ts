import { parseCallbackData } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature, Handle } from '../../routing/feature.ts'

/** Lets a person without access see, download and erase their stored data in private; `otherwise` handles the rest. */
export function withPrivacy({ commands = [], actions = [] }: Feature, otherwise: Handle): Handle {
  return async (ctx) => {
    const command = commands.find(({ name }) => name === commandOf(ctx))
    const pressed = pressedIn(ctx)
    const handler = actions.find(({ action }) => action === pressed?.action)
    if (!ctx.isPrivate || (!command && !handler)) return otherwise(ctx)
    if (handler) return handler.press(ctx, pressed?.parts ?? [])
    await command?.handle(ctx, await ctx.leaveDialog())
  }
}

/** The name of the command without its arguments, as the router reads it. */
function commandOf({ message }: BotContext): string | undefined {
  return message && 'text' in message ? /^\/(\w+)/.exec(message.text)?.[1]?.toLowerCase() : undefined
}

function pressedIn({ callbackQuery: query }: BotContext) {
  return query && 'data' in query ? parseCallbackData(query.data) : undefined
}
