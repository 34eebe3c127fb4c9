import { chatUsage, type Usage } from '@atermtrack/data'
import { limitsTexts as texts } from '@atermtrack/messages'
import { describe, expect, test } from 'vitest'
import { costOf } from '../updates/update-facts.ts'
import { excessOf, limitsOf, type UsageLimits } from './limits.ts'
import { restText } from './excess-text.ts'

const limits: UsageLimits = {
  member: { questionsPerMinute: 60, filesPerHour: 30, bytesPerDay: 1_000 },
  strangerQuestionsPerMinute: 10,
  groupQuestionsPerMinute: 30,
}
const aFile = { files: 1, bytes: 100 }

function used(questions: number, files = 0, bytes = 0): Usage {
  return {
    questionsInMinute: { used: questions, restSeconds: 20 },
    filesInHour: { used: files, restSeconds: 1_200 },
    bytesInDay: { used: bytes, restSeconds: 50_000 },
  }
}

describe('limits', () => {
  test('allow admins more than members, and strangers far less', () => {
    const questions = (isAdmin: boolean, hasAccess: boolean) =>
      limitsOf({ isAdmin, hasAccess }, limits).questionsPerMinute
    expect([questions(true, true), questions(false, true), questions(false, false)]).toEqual([300, 60, 10])
  })
})

describe('an update that exceeds', () => {
  test.for([
    [60, undefined],
    [61, { what: 'questions', isFirst: true, restSeconds: 20 }],
    [62, { what: 'questions', isFirst: false, restSeconds: 20 }],
  ] as const)('as question %i gets one notice: %o', ([questions, expected]) => {
    expect(excessOf(used(questions), chatUsage.noFiles, limits.member)).toEqual(expected)
  })

  test.for([
    [30, 100, undefined],
    [31, 100, { what: 'files', isFirst: true, restSeconds: 1_200 }],
    [32, 100, { what: 'files', isFirst: false, restSeconds: 1_200 }],
    [5, 1_050, { what: 'bytes', isFirst: true, restSeconds: 50_000 }],
    [6, 1_150, { what: 'bytes', isFirst: false, restSeconds: 50_000 }],
  ] as const)('as file %i with %i bytes in all gets one notice: %o', ([files, bytes, expected]) => {
    expect(excessOf(used(1, files, bytes), aFile, limits.member)).toEqual(expected)
  })

  test('as a file still lets its sender ask', () => {
    expect(excessOf(used(1, 99, 9_999), chatUsage.noFiles, limits.member)).toBeUndefined()
  })
})

describe('the cost of an update', () => {
  const from = { id: 1, is_bot: false, first_name: 'Анна' }
  const message = { message_id: 1, date: 0, from }
  const chat = { id: 1, type: 'private', first_name: 'Анна' } as const
  const group = { id: -5, type: 'group', title: 'Склад' } as const
  const document = { file_id: 'a', file_unique_id: 'a', file_size: 7 }

  test('is its file in a private chat', () => {
    expect(costOf({ update_id: 1, message: { ...message, chat, document } })).toEqual({ files: 1, bytes: 7 })
    expect(costOf({ update_id: 1, message: { ...message, chat, text: 'x' } })).toEqual(chatUsage.noFiles)
    expect(costOf({ update_id: 1, message: { ...message, chat: group, document } })).toEqual(chatUsage.noFiles)
  })

  test('is the largest possible file when Telegram does not say the size', () => {
    const unsized = { file_id: 'a', file_unique_id: 'a' }
    expect(costOf({ update_id: 1, message: { ...message, chat, document: unsized } }).bytes).toBe(20 * 1024 * 1024)
  })
})

test.for([
  [1, '1 с'],
  [59, '59 с'],
  [60, '1 мин'],
  [3_599, '60 мин'],
  [3_601, '2 ч'],
] as const)('%i seconds are “%s”', ([seconds, expected]) => {
  expect(restText(seconds, texts.ru)).toBe(expected)
})
