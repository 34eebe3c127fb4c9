import { describe, expect, test } from 'vitest'
import { createRequestCheck } from './check-request.ts'

const login = { user: 'operator', password: 'a long password' }
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
const authorization = basic('operator:a long password')

describe('a request', () => {
  test('is answered with the login alone', () => {
    const check = createRequestCheck({ login, isReadOnly: true })
    expect(check({ method: 'GET', headers: { authorization } })).toBe('answer')
    for (const wrong of [
      undefined,
      '',
      'Basic',
      basic('operator:'),
      basic('operator:a long passwor'),
      `${authorization}x`,
    ])
      expect(check({ method: 'GET', headers: { authorization: wrong } })).toBe(401)
  })

  test('that changes something is refused by a read-only page, and from another site by any', () => {
    const headers = { authorization, host: 'queues.example:3004' }
    const readOnly = createRequestCheck({ login, isReadOnly: true })
    const writing = createRequestCheck({ login, isReadOnly: false })
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      expect(readOnly({ method, headers: { ...headers, origin: 'https://queues.example:3004' } })).toBe(405)
      expect(writing({ method, headers: { ...headers, origin: 'https://queues.example:3004' } })).toBe('answer')
      expect(writing({ method, headers: { ...headers, origin: 'https://other.example' } })).toBe(403)
      expect(writing({ method, headers: { ...headers, origin: 'null' } })).toBe(403)
      expect(writing({ method, headers })).toBe(403)
    }
  })

  test('waits after many wrong passwords, also with the right one, for a minute', () => {
    let now = 0
    const check = createRequestCheck({ login, isReadOnly: true, now: () => now })
    for (let n = 0; n < 20; n += 1)
      expect(check({ method: 'GET', headers: { authorization: basic(`operator:${n}`) } })).toBe(401)
    expect(check({ method: 'GET', headers: { authorization } })).toBe(429)
    now = 60_000
    expect(check({ method: 'GET', headers: { authorization } })).toBe('answer')
  })
})
