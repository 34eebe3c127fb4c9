import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { removeQueues } from '@atermtrack/queue'
import type { LauncherTexts } from '@atermtrack/messages'
import { createLogger, type Env, readConfig, serviceEnv } from '@atermtrack/runtime'
import { startRedis } from '@atermtrack/servers'
import { withoutLogin } from '../parts-table.ts'
import type { Plan } from '../plan-parts.ts'
import { configuredPart, type Part } from './part.ts'

/** The Redis of the environment, or an embedded one. `dir` undefined: everything is removed at the end. */
export async function openRedisPart(
  plan: Plan['redis'],
  { env, dir, words }: { readonly env: Env; readonly dir: string | undefined; readonly words: LauncherTexts },
): Promise<Part> {
  if (plan === 'embedded') return startEmbedded(dir, words)
  const { REDIS_URL: url } = readConfig(serviceEnv.pick({ REDIS_URL: true }), env)
  await assertListening(new URL(url), withoutLogin(url))
  if (dir === undefined) return makeScratchQueues(url, words)
  return configuredPart({ part: 'Redis', from: words.from.environment, where: withoutLogin(url) })
}

async function startEmbedded(dir: string | undefined, words: LauncherTexts): Promise<Part> {
  const server = await startRedis(dir === undefined ? {} : { dir, appendOnly: true })
  const where = dir === undefined ? server.url : words.filesIn(server.url, server.dir)
  return {
    row: { part: 'Redis', from: words.from.embedded, where },
    env: { REDIS_URL: server.url },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** A walk leaves real queues alone: its own have another prefix, and are removed at the end. */
function makeScratchQueues(url: string, words: LauncherTexts): Part {
  const prefix = `atermtrack-once-${randomBytes(4).toString('hex')}`
  const logger = createLogger({ service: 'launcher', level: 'silent' })
  return {
    row: {
      part: 'Redis',
      from: words.from.environment,
      where: words.keysRemoved(withoutLogin(url), `${prefix}:*`),
    },
    env: { QUEUE_PREFIX: prefix },
    [Symbol.asyncDispose]: () => removeQueues({ url, prefix, logger }),
  }
}

/** The services would wait for Redis without end, which is right later but not while a person watches the start. */
async function assertListening({ hostname, port }: URL, shown: string): Promise<void> {
  const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || 6379) })
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) })
  } catch (error) {
    throw new Error(`Redis (${shown}) does not answer`, { cause: error })
  } finally {
    socket.destroy()
  }
}
