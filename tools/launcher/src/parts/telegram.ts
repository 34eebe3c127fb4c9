import { type Env } from '@atermtrack/runtime'
import { type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { isSet, type Plan } from '../plan-parts.ts'
import { configuredPart, type Part } from './part.ts'

export interface TelegramPart extends Part {
  readonly sandbox: Sandbox | undefined
}

// Has the form of a token, so that logs cut it out like a real one.
const sandboxToken = '7000000001:sandbox-needs-no-real-token-but-one-in-form'

/** Telegram itself, or the sandbox on `port` (any other when that is taken). */
export async function openTelegramPart(
  plan: Plan['telegram'],
  { env, port }: { readonly env: Env; readonly port: number },
): Promise<TelegramPart> {
  if (plan === 'configured') {
    const where = env['TELEGRAM_API_ROOT'] ?? 'https://api.telegram.org'
    return { ...configuredPart({ part: 'Telegram', from: 'environment', where }), sandbox: undefined }
  }
  const sandbox = await startOnPort(port)
  const [firstPerson] = sandbox.persons()
  return {
    row: { part: 'Telegram', from: 'sandbox', where: `chat page ${sandbox.pageUrl}` },
    env: {
      BOT_TOKEN: sandboxToken,
      TELEGRAM_API_ROOT: sandbox.apiRoot,
      TELEGRAM_PROXY: '',
      ...(isSet(env, 'ACCESS_MODE') ? {} : { ACCESS_MODE: 'open' }),
      ...(isSet(env, 'ADMIN_CHAT_ID') || !firstPerson ? {} : { ADMIN_CHAT_ID: String(firstPerson.id) }),
    },
    sandbox,
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  }
}

async function startOnPort(port: number): Promise<Sandbox> {
  // The database remembers updates over restarts, the sandbox does not: its numbers must go on growing.
  const firstUpdateId = Math.floor(Date.now() / 1_000)
  try {
    return await startSandbox({ port, firstUpdateId })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return startSandbox({ firstUpdateId })
  }
}
