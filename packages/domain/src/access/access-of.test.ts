import { describe, expect, test } from 'vitest'
import {
  type Access,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  factsOfStranger,
  type GroupFacts,
  isAdmin,
  type PersonFacts,
  rightsLock,
} from './access-of.ts'
import { everything, scopeKey } from './scope.ts'

const [named, group, company] = [7, -100, 5]
const policy: AccessPolicy = { mode: 'approval', adminChatIds: [named, group], unnamed: 'hidden' }
const open: AccessPolicy = { ...policy, mode: 'open' }
const decided = new Date('2026-01-01T00:00:00Z')

function person(fields: Partial<PersonFacts>): PersonFacts {
  return { ...factsOfStranger(8), ...fields }
}

/** The sentence of the rule for each combination: what is stored of the person, and the result in both modes. */
const table: readonly (readonly [string, Partial<PersonFacts>, string, string])[] = [
  ['nobody known', {}, 'stranger', 'viewer of all'],
  ['who has asked', { access: 'requested' }, 'waiting', 'viewer of all'],
  ['who was let in without a role', { access: 'granted', accessDecidedAt: decided }, 'viewer of all', 'viewer of all'],
  ...(['admin', 'operator', 'viewer'] as const).flatMap((role) => [
    [
      `who was let in as ${role}`,
      { access: 'granted', role, accessDecidedAt: decided },
      `${role} of all`,
      `${role} of all`,
    ] as const,
    [`a former ${role}`, { access: 'denied', role, accessDecidedAt: decided }, 'removed', 'removed'] as const,
    [
      `a former ${role} who asks again`,
      { access: 'requested', role, accessDecidedAt: decided },
      'waiting',
      'waiting',
    ] as const,
  ]),
  ['who was turned down', { access: 'denied', accessDecidedAt: decided }, 'declined', 'declined'],
  ['who was turned down and asks again', { access: 'requested', accessDecidedAt: decided }, 'waiting', 'waiting'],
]

describe.each([
  ['approval', policy],
  ['open', open],
] as const)('with access by %s', (mode, settings) => {
  test.each(table)('%s', (_, fields, byApproval, whenOpen) => {
    expect(describeAccess(accessOf(person(fields), settings))).toBe(mode === 'open' ? whenOpen : byApproval)
  })

  test.each(table)('%s, but named in the settings, is an admin', (_, fields) => {
    expect(describeAccess(accessOf(person({ ...fields, telegramId: named }), settings))).toBe('admin of all')
  })

  test.each(table)('%s in a group that was let in sees what the group sees', (_, fields) => {
    const access = accessInGroup(aGroup({ status: 'allowed', companyId: company }), person(fields), settings)
    const own = accessOf(person(fields), settings).kind
    expect(describeAccess(access)).toBe(own === 'declined' || own === 'removed' ? own : 'viewer of company:5')
  })

  test.each(['unknown', 'waiting', 'declined'] as const)('nobody is answered in a group that is %s', (status) => {
    for (const [, fields] of table) {
      expect(accessInGroup(aGroup({ status }), person(fields), settings)).toEqual({ kind: 'closed_group', status })
    }
    const admin = person({ telegramId: named })
    expect(accessInGroup(aGroup({ status }), admin, settings)).toEqual({ kind: 'closed_group', status })
  })
})

test.each([
  ['a viewer of a company', { role: 'viewer', companyId: company }, 'viewer of company:5'],
  [
    'a viewer of a removed company',
    { role: 'viewer', companyId: company, isCompanyRemoved: true },
    'viewer of nothing',
  ],
  ['an operator with a company left over', { role: 'operator', companyId: company }, 'operator of all'],
] as const)('%s who was let in', (_, fields, expected) => {
  expect(describeAccess(accessOf(person({ ...fields, access: 'granted' }), policy))).toBe(expected)
})

test('a setting shows containers without a party to people of companies', () => {
  const viewer = person({ access: 'granted', role: 'viewer', companyId: company })
  expect(describeAccess(accessOf(viewer, { ...policy, unnamed: 'visible' }))).toBe('viewer of company:5+unnamed')
})

describe('a group of the settings', () => {
  const admins = aGroup({ chatId: group })

  test('makes nobody an admin, and lets admins decide', () => {
    expect(describeAccess(accessInGroup(admins, person({ telegramId: named }), policy))).toBe('admin of all')
    expect(describeAccess(accessInGroup(admins, person({ role: 'admin', access: 'granted' }), policy))).toBe(
      'admin of all',
    )
    expect(describeAccess(accessInGroup(admins, person({}), policy))).toBe('viewer of all')
    expect(describeAccess(accessInGroup(admins, undefined, policy))).toBe('viewer of all')
    expect(describeAccess(accessInGroup(admins, person({ access: 'denied' }), policy))).toBe('declined')
  })

  test('stays one when it becomes a supergroup', () => {
    const moved = aGroup({ chatId: -1_002, formerIds: [group] })
    expect(describeAccess(accessInGroup(moved, person({ telegramId: named }), policy))).toBe('admin of all')
  })
})

test('an admin of the bot is none in a group that was let in', () => {
  const access = accessInGroup(aGroup({ status: 'allowed' }), person({ telegramId: named }), policy)
  expect(describeAccess(access)).toBe('viewer of all')
})

test('only who is an admin now decides', () => {
  expect(isAdmin(person({ role: 'admin', access: 'granted' }), [])).toBe(true)
  expect(isAdmin(person({ role: 'admin', access: 'denied' }), [])).toBe(false)
  expect(isAdmin(person({ telegramId: named }), [named])).toBe(true)
  expect(isAdmin(person({ role: 'operator', access: 'granted' }), [named])).toBe(false)
})

test('an admin changes neither their own rights nor those that the settings give', () => {
  const [admin, other] = [person({ telegramId: 9 }), person({ telegramId: 8, role: 'admin', access: 'granted' })]
  expect(rightsLock(admin, admin, policy)).toBe('own')
  expect(rightsLock(person({ telegramId: named }), admin, policy)).toBe('named')
  expect(rightsLock(person({ telegramId: group }), admin, policy)).toBeUndefined()
  expect(rightsLock(other, admin, policy)).toBeUndefined()
})

test('the negative number of an erased person is no admin group', () => {
  expect(accessOf(person({ telegramId: group }), policy)).toEqual({ kind: 'stranger' })
})

function aGroup(fields: Partial<GroupFacts>): GroupFacts {
  return { chatId: -200, formerIds: [], status: 'unknown', companyId: null, isCompanyRemoved: false, ...fields }
}

function describeAccess(access: Access): string {
  if (access.kind !== 'allowed') return access.kind
  return `${access.role} of ${access.scope.kind === 'all' ? scopeKey(everything) : scopeKey(access.scope)}`
}
