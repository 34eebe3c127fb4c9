import { once } from 'node:events'
import type { RunningSystem } from './launch.ts'
import { exampleContainers, untilNewestImported } from './simulated-inbox.ts'

/** Says that the system is ready and what to do with it, and resolves when it is to be stopped. */
export async function serveUntilStopped(system: RunningSystem, signal: AbortSignal): Promise<void> {
  const { sandbox, failed } = system
  const stopped = once(signal, 'abort')
  console.log(`\nReady.${sandbox ? ` Chat with the bot: ${sandbox.pageUrl}` : ''}`)
  await Promise.race([stopped, failed, showExample(system, signal)])
  console.log('Ctrl-C stops everything.\n')
  await Promise.race([stopped, failed])
}

async function showExample({ plan, sandbox, db, inboxDir }: RunningSystem, signal: AbortSignal): Promise<void> {
  if (plan.mail !== 'simulated') return
  await untilNewestImported(db, inboxDir, signal)
  const [container] = await exampleContainers(db, 1)
  if (container === undefined) return
  console.log(`\nThe simulated reports are imported. Send the bot a container number, such as ${container}.`)
  if (sandbox) console.log(`Chat page: ${sandbox.pageUrl}`)
}
