import { accessOf, type AccessPolicy, isAdmin, type Role } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import { adminChats, people } from '../../index.ts'
import type { Db } from '../../platform/client.ts'
import { hasRole, isAdminRow, isAllowed, mayBeWrittenTo } from './allowed-people.ts'

const decided = new Date('2026-01-01T00:00:00Z')
const named = 1
const policies: readonly AccessPolicy[] = (['approval', 'open'] as const).flatMap((mode) =>
  [[], [named], [named, -5]].map((adminChatIds) => ({ mode, adminChatIds, unnamed: 'hidden' as const })),
)

test('the condition lets in whom the rule lets in, over every combination of facts', async ({ db }) => {
  const persons = await everyPerson(db)
  expect(persons.length).toBe(4 * 4 * 2 * 2 * 2)
  for (const policy of policies) {
    const expected = persons.filter((person) => accessOf(person, policy).kind === 'allowed')
    const rows = await db.selectFrom('person').select('id').where(isAllowed(policy)).orderBy('id').execute()
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    const admins = persons.filter((person) => isAdmin(person, policy.adminChatIds))
    const rowsOfAdmins = db.selectFrom('person').select('id').where(isAdminRow(policy.adminChatIds)).orderBy('id')
    expect((await rowsOfAdmins.execute()).map(({ id }) => id)).toEqual(admins.map(({ id }) => id))
    const chats = await adminChats.list(db, policy.adminChatIds)
    const groups = policy.adminChatIds.filter((id) => id < 0)
    expect(new Set(chats.map(({ chatId }) => chatId))).toEqual(
      new Set([...policy.adminChatIds, ...admins.map(({ telegramId }) => telegramId), ...groups]),
    )
  }
})

test('the condition of a role finds whom the rule gives it', async ({ db }) => {
  const persons = await everyPerson(db)
  for (const policy of policies) {
    for (const role of ['admin', 'operator', 'viewer'] as const satisfies readonly Role[]) {
      const expected = persons.filter((person) => {
        const access = accessOf(person, policy)
        return access.kind === 'allowed' && access.role === role
      })
      const rows = db.selectFrom('person').select('id').orderBy('id')
      const found = await rows.where(isAllowed(policy)).where(hasRole(role, policy.adminChatIds)).execute()
      expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    }
  }
})

test('only the allowed within reach may be written to', async ({ db }) => {
  const persons = await everyPerson(db)
  for (const policy of policies) {
    const reached = await db.selectFrom('person').select('id').where('unreachableSince', 'is', null).execute()
    const isReached = new Set(reached.map(({ id }) => id))
    const expected = persons.filter((person) => isReached.has(person.id) && accessOf(person, policy).kind === 'allowed')
    const rows = await db.selectFrom('person').select('id').where(mayBeWrittenTo(policy)).orderBy('id').execute()
    expect(rows.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  }
})

/** One person for each combination; one of them has the id that the settings name. */
async function everyPerson(db: Db): Promise<readonly people.Person[]> {
  const companies = await db
    .insertInto('company')
    .values([{ name: 'Ромашка' }, { name: 'Василёк', deletedAt: decided }])
    .returning('id')
    .execute()
  let telegramId = 0
  for (const access of ['none', 'requested', 'granted', 'denied'] as const) {
    for (const role of [null, 'viewer', 'operator', 'admin'] as const) {
      for (const accessDecidedAt of [null, decided]) {
        for (const { id: companyId } of companies) {
          for (const unreachableSince of [null, decided]) {
            telegramId += 1
            const facts = { telegramId, access, role, accessDecidedAt, companyId, unreachableSince }
            await db.insertInto('person').values(facts).execute()
          }
        }
      }
    }
  }
  return people.list(db)
}
