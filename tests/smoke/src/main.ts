import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { freePort } from '@atermtrack/servers'
import { runSmoke } from './run-smoke.ts'

const usage = `npm run smoke             start the Compose stack with the sandbox, do the main job, scale, kill, restore a backup, remove it
npm run smoke -- --keep   leave it running at the end`

try {
  const { values } = parseArgs({ options: { keep: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help) console.log(usage)
  else {
    const folder = join(import.meta.dirname, '../../..')
    await runSmoke({ folder, port: await freePort(), keep: values.keep ?? false, print: (line) => console.log(line) })
    console.log('\nEverything worked.')
  }
} catch (error) {
  console.error(`\nsmoke: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
