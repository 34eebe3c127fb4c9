import { expect, test } from 'vitest'
import { type AttentionDecision, attentionState, isAttentionShown } from './attention-mark.ts'

const now = new Date('2026-06-12T06:00:00Z')
const present = {
  tripId: 7,
  operatedAt: new Date('2026-06-08T06:00:00Z'),
  attention: [{ reason: 'stuck' as const, since: undefined }],
}
const isShown = (decision: Partial<AttentionDecision>, container: typeof present = present) =>
  isAttentionShown(container, { tripId: 7, laterUntil: null, hiddenState: null, ...decision }, now)

test('what was put off comes back at its time', () => {
  expect(isShown({ laterUntil: new Date(now.getTime() + 1) })).toBe(false)
  expect(isShown({ laterUntil: now })).toBe(true)
})

test('what was hidden comes back when it moves or has other reasons', () => {
  const hiddenState = attentionState(present)
  expect(isShown({ hiddenState })).toBe(false)
  expect(isShown({ hiddenState }, { ...present, operatedAt: now })).toBe(true)
  const late = { ...present, attention: [{ reason: 'late' as never, since: undefined }] }
  expect(isShown({ hiddenState }, late)).toBe(true)
})

test('a decision ends with the trip', () => {
  expect(isShown({ tripId: 6, laterUntil: new Date('2030-01-01') })).toBe(true)
})
