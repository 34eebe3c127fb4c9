import { type Actor, may, type Right } from '@atermtrack/domain'
import { isDeepStrictEqual } from 'node:util'
import { defaultLanguage, type Language, languages } from '@atermtrack/messages'
import type { Logger } from 'pino'
import type { Command, Feature } from './feature.ts'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { retryCalls } from '../telegram/retry-calls.ts'

export interface PublishOptions {
  readonly api: TelegramApi
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** The place of a list of commands, and the language of its readers; `''` is every language without a list of its own. */
interface Place {
  readonly scope: Readonly<Record<string, unknown>>
  readonly language_code: string
}

/** The lists of each place, by Telegram's language code; the list of the default language serves all other languages. */
export const commandLists = languages.map((language) => ({
  code: language === defaultLanguage ? '' : language,
  language,
}))

export type ShownCommands = readonly { readonly command: string; readonly description: string }[]

/** Publishes the common commands in Telegram's menus. */
export async function publishCommands(features: readonly Feature[], options: PublishOptions): Promise<void> {
  for (const [type, commands] of [
    ['all_private_chats', commandsFor('viewer', features)],
    ['all_group_chats', commandsFor('group', features)],
  ] as const) {
    for (const { code, language } of commandLists) {
      await publish({ scope: { type }, language_code: code }, describe(commands, language), options)
    }
  }
}

/** Publishes a list in one place unless it is up to date already: setting lists at every start leads to a 429. */
export async function publish(
  place: Place,
  commands: ShownCommands,
  { api, logger, signal }: PublishOptions,
): Promise<void> {
  const attempt = async () => {
    const current = await api.call<unknown>('getMyCommands', { ...place }, { signal })
    if (isDeepStrictEqual(current, commands)) return
    if (commands.length > 0) await api.call('setMyCommands', { ...place, commands }, { signal })
    else await api.call('deleteMyCommands', { ...place }, { signal })
  }
  // The refusal is final: a person who has left has no chat for the commands.
  await retryCalls(attempt, { what: 'publish the commands', logger, signal }).catch((error: unknown) =>
    logger.warn({ err: error }, 'the commands stay as they are'),
  )
}

/** All commands in the order of the features, each with the right that it needs. */
export function commandsOf(features: readonly Feature[]): readonly (Command & { readonly right: Right })[] {
  return features.flatMap(({ commands = [], right }) => commands.map((command) => ({ right, ...command })))
}

/** The commands that an actor may use. */
export function commandsFor(actor: Actor, features: readonly Feature[]): readonly Command[] {
  return commandsOf(features).filter(({ right }) => may(actor, right))
}

export function describe(commands: readonly Command[], language: Language): ShownCommands {
  return commands.flatMap(({ name, description }) =>
    description ? [{ command: name, description: description[language] }] : [],
  )
}
