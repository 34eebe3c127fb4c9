import { isDeepStrictEqual } from 'node:util'
import type { Language } from '@atermtrack/domain'
import type { Logger } from 'pino'
import type { Command, Feature } from './feature.ts'
import type { TelegramApi } from './telegram/telegram-api.ts'
import { keepTrying } from './updates/keep-trying.ts'

export interface PublishOptions {
  readonly api: TelegramApi
  readonly features: readonly Feature[]
  /** Persons who are shown the admins' commands too. */
  readonly adminIds: readonly number[]
  readonly logger: Logger
  readonly signal: AbortSignal
}

interface CommandList {
  readonly scope: Readonly<Record<string, unknown>>
  readonly language_code: string
  readonly commands: readonly { readonly command: string; readonly description: string }[]
}

/** Shows the commands in Telegram's menus. Lists that are right already are left alone: setting them at every start earns a 429. */
export async function publishCommands({ api, features, adminIds, logger, signal }: PublishOptions): Promise<void> {
  for (const list of commandLists(features, adminIds)) {
    const { commands, ...place } = list
    const publish = async () => {
      const current = await api.call<unknown>('getMyCommands', place, { signal })
      if (!isDeepStrictEqual(current, commands)) await api.call('setMyCommands', { ...list }, { signal })
    }
    // Refused for good: an admin who has never written to the bot has no chat to show commands in.
    await keepTrying(publish, { what: 'publish the commands', logger, signal }).catch((error: unknown) =>
      logger.warn({ err: error }, 'the commands stay as they are'),
    )
  }
}

/** Russian stands for every language that has no list of its own. */
function commandLists(features: readonly Feature[], adminIds: readonly number[]): readonly CommandList[] {
  const all = features.flatMap(({ commands, privateOnly }) =>
    (commands ?? []).map((command) => ({ ...command, privateOnly })),
  )
  const common = all.filter(({ adminsOnly }) => !adminsOnly)
  const places = [
    { scope: { type: 'all_private_chats' }, commands: common },
    { scope: { type: 'all_group_chats' }, commands: common.filter(({ privateOnly }) => !privateOnly) },
    ...adminIds.map((id) => ({ scope: { type: 'chat', chat_id: id }, commands: all })),
  ]
  return places.flatMap(({ scope, commands }) => [
    { scope, language_code: '', commands: describe(commands, 'ru') },
    { scope, language_code: 'en', commands: describe(commands, 'en') },
  ])
}

function describe(commands: readonly Command[], language: Language): CommandList['commands'] {
  return commands.flatMap(({ name, description }) =>
    description ? [{ command: name, description: description[language] }] : [],
  )
}
