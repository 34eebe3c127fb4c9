import { expect, test } from 'vitest'
import { type AttentionDecision, attentionState, putAwayOf } from './attention-mark.ts'

const now = new Date('2026-06-12T06:00:00Z')
const present = {
  tripId: 7,
  operatedAt: new Date('2026-06-08T06:00:00Z'),
  attention: [{ reason: 'stuck' as const, since: undefined }],
}
const putAway = (decision: Partial<AttentionDecision>, container: typeof present = present) =>
  putAwayOf(container, { tripId: 7, laterUntil: null, hiddenState: null, ...decision }, now)

test('what was put off comes back at its time', () => {
  expect(putAway({ laterUntil: new Date(now.getTime() + 1) })).toBe('later')
  expect(putAway({ laterUntil: now })).toBe(undefined)
})

test('what was hidden comes back when it moves or has other reasons', () => {
  const hiddenState = attentionState(present)
  expect(putAway({ hiddenState })).toBe('hidden')
  expect(putAway({ hiddenState }, { ...present, operatedAt: now })).toBe(undefined)
  const late = { ...present, attention: [{ reason: 'late' as never, since: undefined }] }
  expect(putAway({ hiddenState }, late)).toBe(undefined)
})

test('a decision ends with the trip', () => {
  expect(putAway({ tripId: 6, laterUntil: new Date('2030-01-01') })).toBe(undefined)
})
