import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** docker-compose in the folder of the project, as a project of its own that no other stack of this machine knows. */
export interface Compose {
  /** Runs a command, shows what it says, and rejects unless it ends with 0. */
  readonly show: (...args: readonly string[]) => Promise<void>
  /** Runs a command and returns what it writes to standard output. */
  readonly read: (...args: readonly string[]) => Promise<string>
  /** The ids of the running containers of a service. */
  readonly containers: (service: string) => Promise<readonly string[]>
  /** `healthy`, `starting` or `unhealthy` for each container of a service. */
  readonly health: (service: string) => Promise<readonly string[]>
}

export interface ComposeOptions {
  readonly folder: string
  readonly project: string
  readonly envFile: string
  readonly profiles: readonly string[]
  /** Added to the environment, and stronger than the file. */
  readonly env: Readonly<Record<string, string>>
}

/** Finds `docker compose` or the older `docker-compose`; rejects when there is neither, or no engine answers. */
export async function openCompose({ folder, project, envFile, profiles, env }: ComposeOptions): Promise<Compose> {
  await run('docker', ['info']).catch((error: unknown) => {
    throw new Error('no Docker engine answers', { cause: error })
  })
  const [program, ...first] = await findProgram()
  const fixed = [...first, '-p', project, '--env-file', envFile, ...profiles.flatMap((name) => ['--profile', name])]
  const options = { cwd: folder, env: { ...process.env, ...env } }
  const read = async (...args: readonly string[]) =>
    (await run(program, [...fixed, ...args], { ...options, maxBuffer: 64 * 1024 * 1024 })).stdout
  const containers = async (service: string) => (await read('ps', '-q', service)).split('\n').filter(Boolean)
  return {
    show: async (...args) => show(program, [...fixed, ...args], options),
    read,
    containers,
    async health(service) {
      const ids = await containers(service)
      if (ids.length === 0) return []
      const { stdout } = await run('docker', ['inspect', '-f', '{{.State.Health.Status}}', ...ids])
      return stdout.split('\n').filter(Boolean)
    },
  }
}

async function findProgram(): Promise<readonly [string, ...string[]]> {
  const isNew = await run('docker', ['compose', 'version']).then(
    () => true,
    () => false,
  )
  return isNew ? ['docker', 'compose'] : ['docker-compose']
}

async function show(program: string, args: readonly string[], options: { readonly cwd: string }): Promise<void> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`)
}
