import { expect, test } from 'vitest'
import { createImportPrecedence } from './import-precedence.ts'

const { signal } = new AbortController()
/** Lets everything run that can. */
const flush = async () => new Promise((resolve) => setImmediate(resolve))

function anImport() {
  let finish: () => void = () => undefined
  const done = new Promise<void>((resolve) => (finish = resolve))
  return { work: async () => done, finish: () => finish() }
}

test('a detection waits until the last of the imports has ended', async () => {
  const precedence = createImportPrecedence()
  const giveWay = precedence.giveWayFor(60_000)
  await giveWay(signal)
  const [one, other] = [anImport(), anImport()]
  const imports = [precedence.first(one.work), precedence.first(other.work)]
  let goesOn = false
  const waiting = giveWay(signal).then(() => (goesOn = true))
  one.finish()
  await flush()
  expect(goesOn).toBe(false)
  other.finish()
  await Promise.all([...imports, waiting])
  expect(goesOn).toBe(true)
})

test('a detection waits for later imports too, but no longer than its time in all', async () => {
  const precedence = createImportPrecedence()
  const giveWay = precedence.giveWayFor(20)
  const endless = anImport()
  const running = precedence.first(endless.work)
  await giveWay(signal)
  const startedAt = performance.now()
  await giveWay(signal)
  expect(performance.now() - startedAt).toBeLessThan(15)
  endless.finish()
  await running
})

test('an import that fails keeps nobody waiting', async () => {
  const precedence = createImportPrecedence()
  await expect(precedence.first(async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await precedence.giveWayFor(60_000)(signal)
})

test('a detection that is to stop does not wait', async () => {
  const precedence = createImportPrecedence()
  const endless = anImport()
  const running = precedence.first(endless.work)
  const stop = new AbortController()
  const waiting = precedence.giveWayFor(60_000)(stop.signal)
  stop.abort()
  await expect(waiting).rejects.toThrow('aborted')
  endless.finish()
  await running
})
