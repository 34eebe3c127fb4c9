import { createHash } from 'node:crypto'
import { type CommandReader, type Db, shownCommands } from '@atermtrack/data'
import { isAdmin } from '@atermtrack/domain'
import { type Language, languageOf, languages } from '@atermtrack/messages'
import type { Feature } from './feature.ts'
import {
  commandLists,
  commandsFor,
  describe,
  publish,
  type PublishOptions,
  type ShownCommands,
} from './publish-commands.ts'

export interface ChatCommandsOptions extends Omit<PublishOptions, 'signal'> {
  readonly db: Db
  readonly features: readonly Feature[]
  readonly adminChatIds: readonly number[]
}

export interface ChatCommands {
  /** Whether Telegram shows a person an outdated list. */
  readonly isDue: (reader: CommandReader) => boolean
  /** Shows everybody their current list. */
  readonly refresh: (signal: AbortSignal) => Promise<void>
}

/** A list for a single private chat, and the name under which the person stores it as shown. */
interface OwnList {
  readonly name: string
  /** By the code that Telegram knows a list under. */
  readonly lists: Readonly<Record<string, ShownCommands>>
}

/**
 * The commands of single chats: admins see theirs, and a person who has chosen a language reads them in it, whatever language
 * Telegram uses. The shown list is stored with the person, so each change goes to Telegram once, even across restarts.
 */
export function createChatCommands(options: ChatCommandsOptions): ChatCommands {
  const { db, api, logger, features, adminChatIds } = options
  const all = commandsFor('admin', features)
  const common = commandsFor('viewer', features)
  // Called for every update.
  const ownLists = {
    admin: { auto: ownList(all, null), chosen: ownListsOf(all) },
    common: { auto: undefined, chosen: ownListsOf(common) },
  }
  const wanted = (reader: CommandReader): OwnList | undefined => {
    const { auto, chosen } = ownLists[isAdmin(reader, adminChatIds) ? 'admin' : 'common']
    return reader.chosenLanguage === null ? auto : chosen.get(languageOf(reader.chosenLanguage))
  }
  const isDue = (reader: CommandReader) => (wanted(reader)?.name ?? null) !== reader.commandsShown
  return {
    isDue,
    async refresh(signal) {
      const due = (await shownCommands.listReaders(db, adminChatIds)).filter(isDue)
      for (const reader of due) {
        const own = wanted(reader)
        const scope = { type: 'chat', chat_id: reader.telegramId }
        for (const { code } of commandLists) {
          await publish({ scope, language_code: code }, own?.lists[code] ?? [], { api, logger, signal })
        }
        if (signal.aborted) return
        await shownCommands.update(db, reader.id, own?.name ?? null)
      }
    },
  }
}

function ownListsOf(commands: Parameters<typeof describe>[0]): ReadonlyMap<Language, OwnList> {
  return new Map(languages.map((language) => [language, ownList(commands, language)]))
}

function ownList(commands: Parameters<typeof describe>[0], chosen: Language | null): OwnList {
  const lists = Object.fromEntries(
    commandLists.map(({ code, language }) => [code, describe(commands, chosen ?? language)]),
  )
  return { name: createHash('sha256').update(JSON.stringify(lists)).digest('hex').slice(0, 12), lists }
}
