import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '../../../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { services } = z
  .object({ services: z.record(z.string(), z.object({ image: z.string() })) })
  .parse(parse(read('docker-compose.yml'), { merge: true }))
const images = Object.values(services)
  .map(({ image }) => image)
  .filter((image) => !image.startsWith('atermtrack'))
/** `${NAME:-default}`: a tag that moves with security updates, which `pin.sh` writes into .env by its digest. */
const moving = images.flatMap((image) =>
  [...image.matchAll(/^\$\{(\w+):-(.+)\}$/g)].map(([, name, tag]) => ({ name, tag })),
)
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => read(`.github/workflows/${name}`))

test('each image of others is named by version and digest, or by a tag that the script pins', () => {
  const fixed = images.filter((image) => !image.startsWith('${'))
  expect(fixed.length).toBeGreaterThan(4)
  expect(fixed.filter((image) => !/^[a-z/]+:v?\d[\w.-]*@sha256:[0-9a-f]{64}$/.test(image))).toEqual([])
  const base = [...read('Dockerfile').matchAll(/^ARG (\w+)=(.+)$/gm)].map(([, name, tag]) => ({ name, tag }))
  const pinned = [...read('ops/images/pin.sh').matchAll(/^pin (\w+) "\$\{\w+:-(.+)\}"$/gm)]
  expect(pinned.map(([, name, tag]) => ({ name, tag }))).toEqual([...moving, ...base])
  expect(read('docker-compose.yml').match(/NODE_IMAGE: .*/g)).toEqual(
    [1, 2].map(() => `NODE_IMAGE: \${NODE_IMAGE:-${base[0]?.tag}}`),
  )
  expect(read('Dockerfile').match(/^FROM (?!source|\$\{NODE_IMAGE\})/gm)).toBe(null)
})

test('the workflow runs actions by commit and tools by digest', () => {
  const used = workflows.flatMap((text) => [...text.matchAll(/uses: (.+)/g)].map(([, action = '']) => action))
  expect(used.length).toBeGreaterThan(3)
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  const tools = workflows.flatMap((text) => [...text.matchAll(/_IMAGE: (.+)/g)].map(([, image = '']) => image))
  expect(tools.length).toBeGreaterThan(1)
  expect(tools.filter((image) => !/^[a-z./]+:v?\d[\w.-]*@sha256:[0-9a-f]{64}$/.test(image))).toEqual([])
})
