import { everything, type Scope } from './scope.ts'

/** The settings of the installation that decide the rights of people. All services get the same. */
export interface AccessPolicy {
  /** `open` allows everybody about whom no admin has decided. */
  readonly mode: 'approval' | 'open'
  /** Persons (positive) who are admins, and groups (negative) that get the notices. */
  readonly adminChatIds: readonly number[]
  /** Whether people of companies see the containers for which no file names any party. */
  readonly unnamed: 'hidden' | 'visible'
}

/** The company of a person or of a group. */
export interface CompanyFacts {
  /** Null: none, which means all containers. */
  readonly companyId: number | null
  readonly isCompanyRemoved: boolean
}

/** The stored facts about a person that decide access. */
export interface PersonFacts extends CompanyFacts {
  /** Of a private chat it is the id of the chat. */
  readonly telegramId: number
  readonly role: Role | null
  readonly access: 'none' | 'requested' | 'granted' | 'denied'
  /** When an admin decided last; it stays when the person asks again. */
  readonly accessDecidedAt: Date | null
}

export type Role = 'admin' | 'operator' | 'viewer'

export type GroupStatus = 'unknown' | 'waiting' | 'allowed' | 'declined'

/** The stored facts about a group. */
export interface GroupFacts extends CompanyFacts {
  readonly chatId: number
  /** The ids that it had before it became a supergroup. */
  readonly formerIds: readonly number[]
  readonly status: GroupStatus
}

export interface Allowed {
  readonly kind: 'allowed'
  readonly role: Role
  readonly scope: Scope
}

/** The rights of somebody, or why they have none. */
export type Access =
  | Allowed
  /** Has never asked. */
  | { readonly kind: 'stranger' }
  /** Has asked, and nobody has decided yet. */
  | { readonly kind: 'waiting' }
  /** Was declined and never had access. */
  | { readonly kind: 'declined' }
  /** Had access and lost it. */
  | { readonly kind: 'removed' }
  /** No admin has allowed the group. */
  | { readonly kind: 'closed_group'; readonly status: Exclude<GroupStatus, 'allowed'> }

/** The facts about an unknown person: nothing is stored. */
export function factsOfStranger(telegramId: number): PersonFacts {
  return {
    telegramId,
    role: null,
    access: 'none',
    accessDecidedAt: null,
    companyId: null,
    isCompanyRemoved: false,
  }
}

/**
 * Decides the rights of a person in a private chat. Everything that answers, reports, sends or notifies asks this function at the
 * moment when it does so. Being named in the settings counts before everything, a decision of an admin before the mode.
 */
export function accessOf(person: PersonFacts, policy: AccessPolicy): Access {
  const { access, accessDecidedAt } = person
  if (isNamedAdmin(person, policy)) return { kind: 'allowed', role: 'admin', scope: everything }
  if (access === 'granted') return allowed(person.role ?? 'viewer', person, policy)
  if (access === 'denied') return { kind: person.role === null ? 'declined' : 'removed' }
  // Asking again after a decline does not undo it.
  if (policy.mode === 'open' && accessDecidedAt === null) return allowed('viewer', person, policy)
  return { kind: access === 'requested' ? 'waiting' : 'stranger' }
}

/**
 * Decides the rights of a person in a group. The scope of the group decides what is shown there to any person, since all its members
 * read it. Only a group of the settings has admins; a person who was declined or removed gets no answers in a group either. Without a
 * person the result is about what the group as a whole receives.
 */
export function accessInGroup(group: GroupFacts, person: PersonFacts | undefined, policy: AccessPolicy): Access {
  const isOfAdmins = isAdminGroup(group, policy)
  if (group.status !== 'allowed' && !isOfAdmins) return { kind: 'closed_group', status: group.status }
  const own = person && accessOf(person, policy)
  if (own?.kind === 'declined' || own?.kind === 'removed') return own
  if (!isOfAdmins) return allowed('viewer', group, policy)
  const role = own?.kind === 'allowed' ? own.role : 'viewer'
  return { kind: 'allowed', role, scope: everything }
}

/** Whether a person decides for everybody. Neither the mode nor a company matters. */
export function isAdmin(
  person: Pick<PersonFacts, 'telegramId' | 'role' | 'access'>,
  adminChatIds: readonly number[],
): boolean {
  const facts = { ...factsOfStranger(person.telegramId), role: person.role, access: person.access }
  const access = accessOf(facts, { mode: 'approval', adminChatIds, unnamed: 'hidden' })
  return access.kind === 'allowed' && access.role === 'admin'
}

/** Why an admin cannot change somebody's rights: they are the admin's own, or the settings give them. Undefined when they can be changed. */
export function rightsLock(
  person: Pick<PersonFacts, 'telegramId'>,
  admin: Pick<PersonFacts, 'telegramId'>,
  policy: Pick<AccessPolicy, 'adminChatIds'>,
): 'own' | 'named' | undefined {
  if (person.telegramId === admin.telegramId) return 'own'
  return isNamedAdmin(person, policy) ? 'named' : undefined
}

/** Whether a group gets the notices for admins: by the settings, also under the id that it had before. */
export function isAdminGroup({ chatId, formerIds }: GroupFacts, { adminChatIds }: AccessPolicy): boolean {
  return [chatId, ...formerIds].some((id) => id < 0 && adminChatIds.includes(id))
}

function isNamedAdmin(
  { telegramId }: Pick<PersonFacts, 'telegramId'>,
  { adminChatIds }: Pick<AccessPolicy, 'adminChatIds'>,
): boolean {
  return telegramId > 0 && adminChatIds.includes(telegramId)
}

function allowed(role: Role, { companyId, isCompanyRemoved }: CompanyFacts, { unnamed }: AccessPolicy): Allowed {
  if (role !== 'viewer' || companyId === null) return { kind: 'allowed', role, scope: everything }
  if (isCompanyRemoved) return { kind: 'allowed', role, scope: { kind: 'nothing' } }
  return { kind: 'allowed', role, scope: { kind: 'company', companyId, seesUnnamed: unnamed === 'visible' } }
}
