import { expect, test } from 'vitest'
import { addToPeriod, emptyPeriod, type NoticePeriod, type NoticeTopic } from './gather-notices.ts'

function after(topic: NoticeTopic, count: number, reasonOf = (_n: number) => 'unknown_sender') {
  let period: NoticePeriod = emptyPeriod
  const single: number[] = []
  for (let n = 1; n <= count; n++) {
    const added = addToPeriod(period, topic, { name: `<${n}>.xlsx`, reason: reasonOf(n) })
    if (added.isSingle) single.push(n)
    period = added.period
  }
  return { single, period }
}

test('the first few have messages of their own, those of strangers fewer', () => {
  expect(after('strangers', 120).single).toEqual([1, 2])
  expect(after('files', 120).single).toEqual([1, 2, 3, 4, 5])
  expect(after('mail', 120).single).toEqual([1, 2])
})

test('the others are counted by reason, with the names of the newest', () => {
  const { period } = after('strangers', 120, (n) => (n % 3 === 0 ? 'encrypted' : 'unknown_sender'))
  expect(period).toEqual({
    single: 2,
    gathered: 118,
    reasons: { unknown_sender: 78, encrypted: 40 },
    newest: [120, 119, 118, 117, 116].map((n) => `<${n}>.xlsx`),
  })
})
