import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Interrupted, listenForInterrupts } from './interrupts.ts'
import { launcherTexts } from '@atermtrack/messages'
import { launch } from './launch.ts'
import { machineLanguage } from './machine-language.ts'
import { envForWalk } from './plan-parts.ts'
import { serveUntilStopped } from './serve-until-stopped.ts'
import type { Services } from './services.ts'
import { walk } from './walk/walk.ts'

const usage = `npm start            run the whole system until Ctrl-C
npm start -- --once  run it on throwaway data, walk through its main job as a person would, and stop`

let services: Services | undefined
const signal = listenForInterrupts(() => services?.kill())

try {
  const { values } = parseArgs({ options: { once: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help) console.log(usage)
  else await start(values.once ?? false)
} catch (error) {
  if (!(error instanceof Interrupted)) {
    console.error(`\nAtermTrack stops: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}

async function start(once: boolean): Promise<void> {
  await launch(
    {
      root: join(import.meta.dirname, '../../..'),
      env: once ? envForWalk(process.env) : process.env,
      throwaway: once,
      signal,
      onServices: (started) => (services = started),
    },
    async (system) => (once ? walk(system, signal) : serveUntilStopped(system, signal)),
  )
  console.log(once ? '\nThe walk is done, everything worked.' : launcherTexts[machineLanguage(process.env)].stopped)
}
