import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { knownSchedulers } from './known-schedulers.ts'

test('the schedulers known are those that the services keep', () => {
  const sources = ['bot', 'ingester', 'reporter'].flatMap((service) => {
    const folder = join(import.meta.dirname, '../../../services', service, 'src')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    return files.filter((file) => /(?<!\.test)\.ts$/.test(file)).map((file) => join(folder, file))
  })
  const kept = sources.flatMap((path) =>
    Array.from(readFileSync(path, 'utf8').matchAll(/\bschedule\(\s*'([^']+)'/g), ([, id = '']) => id),
  )
  expect(kept.toSorted()).toEqual([...knownSchedulers].toSorted())
})
