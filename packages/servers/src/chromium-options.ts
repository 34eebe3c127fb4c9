import { ensureCommand } from './ensure-command.ts'
import { type Environment, utf8Environment } from './utf8-environment.ts'

/** Nothing but the page that is asked for: no profile, no updates, no calls home. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How a library starts the Chromium of this machine, which is installed when it is missing; `environment` is that of the process by default. */
export async function chromiumOptions(environment?: Environment) {
  const executablePath = await ensureCommand({ command: 'chromium', debianPackage: 'chromium' })
  return { executablePath, args, env: utf8Environment(environment) }
}
