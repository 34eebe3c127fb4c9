import type { Language, LauncherTexts } from '@atermtrack/messages'
import { type Env } from '@atermtrack/runtime'
import { type PersonOptions, type Sandbox, type SandboxOptions, startSandbox } from '@atermtrack/sandbox'
import { isSet, type Plan } from '../plan-parts.ts'
import { configuredPart, type Part } from './part.ts'

export interface TelegramPart extends Part {
  readonly sandbox: Sandbox | undefined
}

// Has the form of a token, so that logs cut it out like a real one.
const sandboxToken = '7000000001:sandbox-needs-no-real-token-but-one-in-form'

/** The people of the sandbox: the first is the admin. */
const people: Readonly<Record<Language, readonly string[]>> = {
  ru: ['Анна', 'Борис', 'Вера'],
  en: ['Anna', 'Boris', 'Vera'],
}
const userNames = ['anna', 'boris', 'vera']

export interface TelegramOptions {
  readonly env: Env
  readonly port: number
  /** Where the chats are kept; undefined: nowhere. */
  readonly dir: string | undefined
  /** That of the people in the sandbox. */
  readonly language: Language
  readonly words: LauncherTexts
}

/** Telegram itself, or the sandbox on `port` (any other when that is taken). */
export async function openTelegramPart(
  plan: Plan['telegram'],
  { env, port, dir, language, words }: TelegramOptions,
): Promise<TelegramPart> {
  if (plan === 'configured') {
    const where = env['TELEGRAM_API_ROOT'] ?? 'https://api.telegram.org'
    return { ...configuredPart({ part: 'Telegram', from: words.from.environment, where }), sandbox: undefined }
  }
  const sandbox = await startOnPort(port, { persons: personsOf(language), ...(dir !== undefined && { dir }) })
  const [firstPerson] = sandbox.persons()
  return {
    row: { part: 'Telegram', from: words.from.sandbox, where: words.chatPage(sandbox.pageUrl) },
    env: {
      BOT_TOKEN: sandboxToken,
      TELEGRAM_API_ROOT: sandbox.apiRoot,
      TELEGRAM_PROXY: '',
      ...(isSet(env, 'ADMIN_CHAT_ID') || !firstPerson ? {} : { ADMIN_CHAT_ID: String(firstPerson.id) }),
    },
    sandbox,
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  }
}

function personsOf(language: Language): readonly PersonOptions[] {
  return people[language].map((name, index) => ({
    name,
    username: userNames[index] ?? '',
    languageCode: language,
  }))
}

async function startOnPort(port: number, options: SandboxOptions): Promise<Sandbox> {
  // The database remembers updates over restarts, the sandbox does not: its numbers must go on growing.
  const firstUpdateId = Math.floor(Date.now() / 1_000)
  try {
    return await startSandbox({ ...options, port, firstUpdateId })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return startSandbox({ ...options, firstUpdateId })
  }
}
