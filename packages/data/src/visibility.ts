import { type RawBuilder, sql } from 'kysely'
import type { PersonRole } from './schema.generated.ts'

/** Whose containers somebody sees: everybody's, or those of the clients of one company and the shared ones. */
export type Scope = { readonly kind: 'all' } | { readonly kind: 'company'; readonly companyId: number }

export const everything: Scope = { kind: 'all' }

/** Admins and operators work for everybody, and so does a viewer without a company. */
export function scopeOf(
  { role, companyId }: { readonly role: PersonRole | null; readonly companyId: number | null },
  isAdmin: boolean,
): Scope {
  if (isAdmin || role === 'admin' || role === 'operator' || companyId === null) return everything
  return { kind: 'company', companyId }
}

/**
 * The condition under which `container` (an expression of SQL) is within the scope: a file names a client of the company for
 * it, or no file names anybody. People of a company that is gone see nothing.
 */
export function isVisible(scope: Scope, container: RawBuilder<string>): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`true`
  return sql`company_sees(${scope.companyId}, ${container})`
}

/** The same for statements that read very much of `position`, by that name: own containers are looked up as a set. */
export function isPositionVisible(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`true`
  const { companyId } = scope
  return sql`((select is_open_company(${companyId})) and (
    coalesce(position.consignee, position.consignee_short) in (select company_spellings(${companyId}))
    or coalesce(position.consignor, position.consignor_short) in (select company_spellings(${companyId}))
    or position.container in (select company_ties(${companyId}))
    or num_nonnulls(position.consignee, position.consignee_short, position.consignor, position.consignor_short) = 0
      and is_nobodys(position.container)
  ))`
}

/**
 * The condition under which a row of a train's list, called `row`, is within the scope: it names a client of the company, or the
 * container is visible and no newer list holds it. Numbers are used again, and who has a container now is not told who had it
 * before.
 */
export function isRosterRowVisible(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`true`
  const { companyId } = scope
  const [container, workbookId] = [sql.ref('row.container'), sql.ref('row.workbook_id')]
  return sql`((select is_open_company(${companyId})) and (
    ${sql.ref('row.client')} in (select company_spellings(${companyId}))
    or is_newest_list(${workbookId}, ${container}) and company_sees(${companyId}, ${container})
  ))`
}

/** The same for statements that read the rows of all trains. */
export function isAnyRosterRowVisible(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`true`
  const { companyId } = scope
  const [container, workbookId, client] = [sql.ref('row.container'), sql.ref('row.workbook_id'), sql.ref('row.client')]
  return sql`((select is_open_company(${companyId})) and (
    ${client} in (select company_spellings(${companyId}))
    or (
      exists (
        select 1 from position where position.container = ${container} and (
          coalesce(consignee, consignee_short) in (select company_spellings(${companyId}))
          or coalesce(consignor, consignor_short) in (select company_spellings(${companyId}))))
      or ${container} in (select company_ties(${companyId}))
      or ${client} is null and is_nobodys(${container})
    ) and is_newest_list(${workbookId}, ${container})
  ))`
}
