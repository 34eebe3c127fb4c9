import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const script = join(import.meta.dirname, '../../../../ops/images/pin.sh')
const digest = (letter: string) => `sha256:${letter.repeat(64)}`

/** A folder whose `docker` answers for each image with the digests given for its name. */
async function aMachine(digests: Readonly<Record<string, readonly string[]>>) {
  const folder = await mkdtemp(join(tmpdir(), 'pin-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const answers = Object.entries(digests).map(
    ([name, ofName]) => `${name}:*) printf '%s\\n' ${ofName.map((one) => `'${name}@${one}'`).join(' ')} ;;`,
  )
  const docker = join(folder, 'docker')
  await writeFile(
    docker,
    `#!/bin/sh\n[ "$1" = pull ] && exit 0\nfor last; do :; done\ncase $last in\n${answers.join('\n')}\nesac\n`,
  )
  await chmod(docker, 0o755)
  const file = join(folder, '.env')
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH']}` }
  return { file, pin: async () => run('bash', [script, file], { env }), read: async () => readFile(file, 'utf8') }
}

test('the images that were fetched are written by digest, once each, and every other line stays', async () => {
  const machine = await aMachine({ postgres: [digest('a')], redis: [digest('b')], node: [digest('c'), digest('d')] })
  await writeFile(machine.file, `BOT_TOKEN=x\nREDIS_IMAGE=redis:7-bookworm@${digest('e')}\n# kept\n`)
  const pinned = [
    `POSTGRES_IMAGE=postgres:17-bookworm@${digest('a')}`,
    `REDIS_IMAGE=redis:7-bookworm@${digest('b')}`,
    `NODE_IMAGE=node:24-bookworm-slim@${digest('c')}`,
  ]
  for (let time = 0; time < 2; time += 1) {
    expect((await machine.pin()).stdout.trim().split('\n')).toEqual(pinned)
    expect((await machine.read()).trim().split('\n')).toEqual(['BOT_TOKEN=x', '# kept', ...pinned])
  }
})

test('an image that comes from no registry is not pinned', async () => {
  const machine = await aMachine({})
  await writeFile(machine.file, 'BOT_TOKEN=x\n')
  await expect(machine.pin()).rejects.toMatchObject({
    stderr: expect.stringContaining('postgres:17-bookworm has no digest'),
  })
  expect(await machine.read()).toBe('BOT_TOKEN=x\n')
})
