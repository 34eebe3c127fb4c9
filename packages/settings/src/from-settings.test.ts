import { expect, test } from 'vitest'
import { fromSettings, handlerFromSettings } from './from-settings.ts'

test('what depends on the settings is made once for each configuration', () => {
  let config = { hours: 6 }
  const made: number[] = []
  const current = fromSettings({ current: () => config }, ({ hours }) => {
    made.push(hours)
    return { hours }
  })
  expect(current()).toBe(current())
  const former = current()
  config = { hours: 9 }
  expect([former.hours, current().hours, current().hours]).toEqual([6, 9, 9])
  expect(made).toEqual([6, 9])
})

test('a handler goes on with the configuration that it began with', async () => {
  let config = { hours: 6 }
  const begun: (() => void)[] = []
  const handler = handlerFromSettings({ current: () => config }, ({ hours }) => async (job: string) => {
    await new Promise<void>((resolve) => void begun.push(resolve))
    return `${job}: ${hours}`
  })
  const first = handler('first')
  config = { hours: 9 }
  const second = handler('second')
  for (const go of begun) go()
  expect(await Promise.all([first, second])).toEqual(['first: 6', 'second: 9'])
})
