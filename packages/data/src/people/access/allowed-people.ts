import type { AccessPolicy, PersonFacts, Role } from '@atermtrack/domain'
import { sql } from 'kysely'

/**
 * `accessOf` of the domain as a condition on a row of `person`: allowed to use the bot in private. For statements that read very many
 * people; a test compares both over every combination.
 */
export function isAllowed(policy: AccessPolicy) {
  return sql<boolean>`(${isNamed(policy.adminChatIds)} or person.access = 'granted'
    or ${policy.mode === 'open'} and person.access in ('none', 'requested') and person.access_decided_at is null)`
}

/** `isAdmin` of the domain as a condition on a row of `person`. */
export function isAdminRow(adminChatIds: readonly number[]) {
  return sql<boolean>`(${isNamed(adminChatIds)} or person.access = 'granted' and person.role = 'admin')`
}

/** The role of an allowed person as a condition on a row of `person`, as `accessOf` of the domain gives it. */
export function hasRole(role: Role, adminChatIds: readonly number[]) {
  if (role === 'admin') return isAdminRow(adminChatIds)
  const isOperator = sql<boolean>`person.access = 'granted' and person.role is not distinct from 'operator'`
  if (role === 'operator') return sql<boolean>`(not ${isNamed(adminChatIds)} and ${isOperator})`
  return sql<boolean>`(not ${isAdminRow(adminChatIds)} is true and not (${isOperator}))`
}

/** Allowed to use the bot and within reach: may be written to without having asked. As a condition on a row of `person`. */
export function mayBeWrittenTo(policy: AccessPolicy) {
  return sql<boolean>`(person.unreachable_since is null and ${isAllowed(policy)})`
}

function isNamed(adminChatIds: readonly number[]) {
  return sql<boolean>`person.telegram_id = any(${adminChatIds.filter((id) => id > 0)}::bigint[])`
}

/** Whether the company that a row of `table` belongs to is removed. */
export function isCompanyRemoved(table: 'person' | 'chat_group') {
  return sql<boolean>`exists (
    select 1 from company where company.id = ${sql.ref(`${table}.company_id`)} and company.deleted_at is not null)`
}

/** Columns of a row of `person` that its rights follow from; with `toPersonFacts`. */
export const factColumns = [
  'person.telegramId',
  'person.role',
  'person.access',
  'person.accessDecidedAt',
  'person.companyId',
] as const

/** For a row that an outer join may have left without a person. */
export function toPersonFacts(row: {
  readonly [Field in keyof PersonFacts]: PersonFacts[Field] | null
}): PersonFacts | undefined {
  const { telegramId, access, role, accessDecidedAt, companyId, isCompanyRemoved: isRemoved } = row
  if (telegramId === null || access === null) return undefined
  return { telegramId, access, role, accessDecidedAt, companyId, isCompanyRemoved: isRemoved === true }
}
