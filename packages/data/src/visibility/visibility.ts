import { type CompanyScope, everything, type Scope } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { nobody } from './parties.ts'

export { everything, type Scope }

/**
 * The condition under which `container` (an expression of SQL) is within the scope: a file names a client of the company for
 * it, or, where the scope holds these too, no file names anybody. Each container costs one look-up of its few parties.
 */
export function isVisible(scope: Scope, container: RawBuilder<string>): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  // Without the offset an index would be searched once for each party of the company.
  return sql`exists (
    select from (select party_id from container_party where container_party.container = ${container} offset 0) as named
    where named.party_id = any(${partiesOf(scope)}))`
}

/**
 * The same for statements that read very many rows of `position`, and of these the live ones only. The containers of the company
 * are collected first: as an array the index of `position` finds them, and nothing else is read. The planner takes any array for a
 * short one; of a company that owns nearly everything this costs twice the read of everything.
 */
export function isLivePositionVisible(scope: Scope): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  return sql`position.container = any(array(
    select container from container_party where is_live and party_id = any(${partiesOf(scope)})))`
}

/** As a query: those within the scope of the containers that `asked` selects. */
export function selectVisible(scope: Scope, asked: RawBuilder<unknown>): RawBuilder<{ readonly container: string }> {
  if (scope.kind !== 'company')
    return sql`select container from (${asked}) as asked (container) where ${allOrNothing(scope)}`
  // Both arrays are keys of the index, which is walked once; asked one by one, thousands of containers take three times as long.
  return sql`
    select distinct container from container_party
    where container = any(array(${asked})) and party_id = any(${partiesOf(scope)})`
}

/**
 * The condition under which a row of a train's list, called `row`, is within the scope: it names a client of the company, or the
 * container is visible and no newer list holds it. Numbers are used again, and the present client of a container does
 * not see the client before.
 */
export function isRosterRowVisible(scope: Scope): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  const [container, partyId, isNewest] = [
    sql.ref<string>('row.container'),
    sql.ref('row.party_id'),
    sql.ref('row.is_newest'),
  ]
  return sql`(${partyId} = any(${partiesOf(scope)}) or ${isNewest} and ${isVisible(scope, container)})`
}

/** The condition under which the list `workbookId` holds a row that `isRosterRowVisible`. */
export function holdsVisibleRow(scope: Scope, workbookId: RawBuilder<number>): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  const parties = partiesOf(scope)
  return sql`${workbookId} in (
    select workbook_id from train_roster_row where party_id = any(${parties})
    union all
    select list_id from container_party where list_id is not null and party_id = any(${parties}))`
}

/**
 * The parties that a company sees, as an array: its clients and those of the shared companies, and the one that stands for nobody
 * where the scope holds unnamed containers. A company that is removed sees nothing.
 */
export function partiesOf({ companyId, seesUnnamed }: CompanyScope): RawBuilder<number[]> {
  return sql`array(
    select distinct company_party.party_id
    from company as asking
    join company as owning on owning.id = asking.id or owning.is_shared
    join company_party on company_party.company_id = owning.id
    where asking.id = ${companyId} and asking.deleted_at is null and owning.deleted_at is null
    ${
      seesUnnamed === true
        ? sql`union all select ${sql.lit(nobody)} from company where id = ${companyId} and deleted_at is null`
        : sql``
    })`
}

function allOrNothing({ kind }: Exclude<Scope, CompanyScope>): RawBuilder<boolean> {
  return kind === 'all' ? sql`true` : sql`false`
}
