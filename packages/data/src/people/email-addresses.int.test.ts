import { expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as emailAddresses from './email-addresses.ts'
import * as people from './people.ts'

const codeHash = Buffer.from('right')
const wrongHash = Buffer.from('wrong')

test('a code proves an address once', async ({ db }) => {
  const personId = await startProof(db)
  expect(await emailAddresses.tryCode(db, personId, wrongHash)).toBe('wrong')
  expect(await emailAddresses.tryCode(db, personId, codeHash)).toBe('verified')
  expect(await emailAddresses.tryCode(db, personId, codeHash)).toBe('expired')
  expect(await emailAddresses.find(db, personId)).toMatchObject({ verifiedAt: expect.any(Date) })
})

test('tries at once are counted one by one', async ({ db }) => {
  const personId = await startProof(db)
  const tries = await Promise.all(Array.from({ length: 8 }, () => emailAddresses.tryCode(db, personId, wrongHash)))
  expect(tries.filter((proof) => proof === 'wrong')).toHaveLength(5)
  expect(await emailAddresses.tryCode(db, personId, codeHash)).toBe('expired')
})

test('a code ends with its time, and another address starts unproved', async ({ db }) => {
  const personId = await startProof(db)
  await emailAddresses.tryCode(db, personId, codeHash)
  await startProof(db, { address: 'other@example.com', minutes: -1 })
  expect(await emailAddresses.find(db, personId)).toMatchObject({ address: 'other@example.com', verifiedAt: null })
  expect(await emailAddresses.tryCode(db, personId, codeHash)).toBe('expired')
})

async function startProof(db: Db, { address = 'anna@example.com', minutes = 10 } = {}): Promise<number> {
  const profile = { telegramId: 1001, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  await emailAddresses.startProof(db, { personId, address, codeHash, minutes, tries: 5 })
  return personId
}
