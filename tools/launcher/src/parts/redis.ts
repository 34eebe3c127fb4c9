import { startRedis } from '@atermtrack/servers'
import { withoutLogin } from '../parts-table.ts'
import type { Plan } from '../plan-parts.ts'
import { configuredPart, type Part } from './part.ts'

/** The Redis of the environment (`url`), or one of our own whose files are in `dir`; without `dir` they are thrown away. */
export async function openRedisPart(
  plan: Plan['redis'],
  { url, dir }: { readonly url: string | undefined; readonly dir: string | undefined },
): Promise<Part> {
  if (plan === 'configured') {
    const where = url === undefined ? 'REDIS_URL_FILE' : withoutLogin(url)
    return configuredPart({ part: 'Redis', from: 'environment', where })
  }
  const server = await startRedis(dir === undefined ? {} : { dir, appendOnly: true })
  const row = {
    part: 'Redis',
    from: 'embedded',
    where: `${server.url}${dir === undefined ? '' : `, files in ${server.dir}`}`,
  }
  return { row, env: { REDIS_URL: server.url }, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
