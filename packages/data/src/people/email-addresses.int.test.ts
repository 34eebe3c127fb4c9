import { expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as emailAddresses from './email-addresses.ts'
import * as people from './people.ts'

const codeHash = Buffer.from('right')
const wrongHash = Buffer.from('wrong')

test('a code proves an address once', async ({ db }) => {
  const personId = await startProof(db)
  expect(await emailAddresses.tryCode(db, { personId }, wrongHash)).toEqual({ kind: 'wrong' })
  expect(await emailAddresses.tryCode(db, { personId }, codeHash)).toMatchObject({ kind: 'verified' })
  expect(await emailAddresses.tryCode(db, { personId }, codeHash)).toEqual({ kind: 'expired' })
  expect(await emailAddresses.list(db, personId)).toMatchObject([{ verifiedAt: expect.any(Date) }])
})

test('tries at once are counted one by one', async ({ db }) => {
  const personId = await startProof(db)
  const tries = await Promise.all(Array.from({ length: 8 }, () => emailAddresses.tryCode(db, { personId }, wrongHash)))
  expect(tries.filter(({ kind }) => kind === 'wrong')).toHaveLength(5)
  expect(await emailAddresses.tryCode(db, { personId }, codeHash)).toEqual({ kind: 'expired' })
})

test('a code ends with its time, and another address starts unproved beside the first', async ({ db }) => {
  const personId = await startProof(db)
  await emailAddresses.tryCode(db, { personId }, codeHash)
  await startProof(db, { address: 'other@example.com', minutes: -1 })
  expect(await emailAddresses.list(db, personId)).toMatchObject([
    { address: 'anna@example.com', verifiedAt: expect.any(Date) },
    { address: 'other@example.com', verifiedAt: null },
  ])
  expect(await emailAddresses.listReceiving(db, personId)).toMatchObject([{ address: 'anna@example.com' }])
  expect(await emailAddresses.tryCode(db, { personId }, codeHash)).toEqual({ kind: 'expired' })
})

test('a sixth address is not stored, and an address in other letters is the same one', async ({ db }) => {
  const personId = await startProof(db)
  for (const n of [2, 3, 4, 5, 6]) await startProof(db, { address: `anna${n}@example.com` })
  await startProof(db, { address: 'ANNA@example.com' })
  expect((await emailAddresses.list(db, personId)).map(({ address }) => address)).toEqual([
    'anna@example.com',
    ...[2, 3, 4, 5].map((n) => `anna${n}@example.com`),
  ])
})

test('an address that is asked for again keeps its proof until a code ends its pause', async ({ db }) => {
  const personId = await startProof(db)
  const proved = await emailAddresses.tryCode(db, { personId }, codeHash)
  const id = proved.kind === 'verified' ? proved.id : 0
  await emailAddresses.setUnsubscribed(db, { id, personId }, true)
  expect(await emailAddresses.listReceiving(db, personId)).toEqual([])
  await startProof(db)
  expect(await emailAddresses.find(db, { id, personId })).toMatchObject({ verifiedAt: expect.any(Date) })
  await emailAddresses.tryCode(db, { personId, id }, codeHash)
  expect(await emailAddresses.listReceiving(db, personId)).toMatchObject([{ id }])
})

test('nobody changes an address of somebody else', async ({ db }) => {
  const personId = await startProof(db)
  const [own] = await emailAddresses.list(db, personId)
  const other = { id: own!.id, personId: personId + 1 }
  expect(await emailAddresses.find(db, other)).toBeUndefined()
  expect(await emailAddresses.remove(db, other)).toBeUndefined()
  expect(await emailAddresses.rename(db, { ...other, name: 'x' })).toBeUndefined()
  expect(await emailAddresses.tryCode(db, other, codeHash)).toEqual({ kind: 'expired' })
  expect(await emailAddresses.list(db, personId)).toEqual([own])
})

async function startProof(db: Db, { address = 'anna@example.com', minutes = 10 } = {}): Promise<number> {
  const profile = { telegramId: 1001, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  await emailAddresses.startProof(db, { personId, address, codeHash, minutes, tries: 5 })
  return personId
}
