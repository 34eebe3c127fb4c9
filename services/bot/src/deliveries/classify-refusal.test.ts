import { describe, expect, test } from 'vitest'
import { classifyRefusal } from './classify-refusal.ts'

describe('classifyRefusal', () => {
  const cases = [
    [429, 'Too Many Requests: retry after 7', { retryAfterSeconds: 7 }, { kind: 'wait', ms: 7_000 }],
    [429, 'Too Many Requests', {}, { kind: 'wait', ms: 5_000 }],
    [400, 'Bad Request: group chat was upgraded', { migrateToChatId: -1001 }, { kind: 'moved', chatId: -1001 }],
    [403, 'Forbidden: bot was blocked by the user', {}, { kind: 'blocked' }],
    [403, 'Forbidden: user is deactivated', {}, { kind: 'blocked' }],
    [403, 'Forbidden: bot was kicked from the group chat', {}, { kind: 'blocked' }],
    [403, "Forbidden: bot can't initiate conversation with a user", {}, { kind: 'blocked' }],
    [400, 'Bad Request: chat not found', {}, { kind: 'blocked' }],
    [400, 'Bad Request: not enough rights to send text messages to the chat', {}, { kind: 'blocked' }],
    [400, "Bad Request: can't parse entities: Unsupported start tag", {}, { kind: 'markup' }],
    [400, 'Bad Request: wrong file identifier/HTTP URL specified', {}, { kind: 'file_forgotten' }],
    [400, 'Bad Request: wrong remote file identifier specified', {}, { kind: 'file_forgotten' }],
    [400, 'Bad Request: message is too long', {}, { kind: 'failed' }],
    [413, 'Request Entity Too Large', {}, { kind: 'failed' }],
    [401, 'Unauthorized', {}, { kind: 'token_refused' }],
    [404, 'Not Found', {}, { kind: 'token_refused' }],
    [502, 'Bad Gateway', {}, { kind: 'unknown' }],
  ] as const
  for (const [code, description, parameters, meaning] of cases) {
    test(`reads ${code} ${description}`, () => {
      const none = { retryAfterSeconds: undefined, migrateToChatId: undefined }
      expect(classifyRefusal({ code, description, ...none, ...parameters })).toEqual(meaning)
    })
  }
})
