import { once } from 'node:events'
import { examples, everything, people } from '@atermtrack/data'
import { startTexts, stationName } from '@atermtrack/messages'
import type { RunningSystem } from './launch.ts'
import { readyText, type Standing } from './ready-text.ts'
import { type InboxProgress, untilAllImported } from './simulated-inbox.ts'

/** Without any progress for so long the files are waited for no more. */
const stalledMs = 120_000

/** Says that the system is ready once all simulated files are read, and what to do with it; resolves when it is to be stopped. */
export async function serveUntilStopped(system: RunningSystem, signal: AbortSignal): Promise<void> {
  const { failed } = system
  const stopped = once(signal, 'abort')
  await Promise.race([stopped, failed, sayReady(system, signal)])
  await Promise.race([stopped, failed])
}

async function sayReady(system: RunningSystem, signal: AbortSignal): Promise<void> {
  const { plan, sandbox, db, inboxDir, words, language, env } = system
  const files = plan.mail === 'simulated' ? await readFiles(inboxDir, system, signal) : undefined
  const { container, train, destination } = await examples.find(db, everything)
  const text = readyText(
    {
      pageUrl: sandbox?.pageUrl,
      admin: adminOf(system, env['ADMIN_CHAT_ID']),
      others: await standingOf(system),
      files,
      tries: {
        container: container ?? undefined,
        train: train ?? undefined,
        question:
          destination === null
            ? undefined
            : startTexts[language].destinationQuestion(stationName(destination, language)),
      },
    },
    words,
  )
  console.log(`\n${text}\n`)
}

/** One line that counts up in a terminal; elsewhere it is printed with the end. */
async function readFiles(inboxDir: string, { db, words }: RunningSystem, signal: AbortSignal): Promise<InboxProgress> {
  const isTerminal = process.stdout.isTTY
  const stalled = new AbortController()
  const stall = setTimeout(() => stalled.abort(), stalledMs)
  let last: InboxProgress = { all: 0, done: 0, waiting: 0 }
  const show = (progress: InboxProgress) => {
    if (progress.done > last.done) stall.refresh()
    last = progress
    if (isTerminal) process.stdout.write(`\r${words.reading(progress.done, progress.all)} `)
  }
  const progress = await untilAllImported(db, inboxDir, AbortSignal.any([signal, stalled.signal]), show)
    .catch((error: unknown) => {
      // A file that nobody reads must not hide the rest of the system.
      if (stalled.signal.aborted) return last
      throw error
    })
    .finally(() => clearTimeout(stall))
  console.log(isTerminal ? '' : words.reading(progress.done, progress.all))
  return progress
}

function adminOf({ sandbox }: RunningSystem, chatIds: string | undefined): string | undefined {
  const ids = (chatIds ?? '').split(',').map((id) => id.trim())
  const [first] = ids.filter((id) => id !== '')
  return sandbox?.persons().find(({ id }) => String(id) === first)?.user.first_name ?? first
}

/** The other people of the sandbox, and whether they have been let in. */
async function standingOf({ sandbox, db, env }: RunningSystem): Promise<readonly Standing[]> {
  const [, ...others] = sandbox?.persons() ?? []
  if (env['ACCESS_MODE'] === 'open') return []
  return Promise.all(
    others.slice(0, 2).map(async ({ id, user }) => {
      const person = await people.findByTelegramId(db, id)
      return { name: user.first_name, hasAccess: person?.access === 'granted' }
    }),
  )
}
