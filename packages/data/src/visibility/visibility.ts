import { type CompanyScope, everything, type Scope } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'

export { everything, type Scope }

/**
 * The condition under which `container` (an expression of SQL) is within the scope: a file names a client of the company for
 * it, or, where the scope holds these too, no file names anybody. People of a company that is gone see nothing.
 */
export function isVisible(scope: Scope, container: RawBuilder<string>): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  const rule = sql.raw(scope.seesUnnamed ? 'company_sees' : 'company_owns')
  return sql`${rule}(${scope.companyId}, ${container})`
}

/**
 * The same for statements that read very much of `position`, by that name. Each arm has an index, so that what is read are the
 * containers of the company and not all there are. With `onlyLive` it tells of rows that are live, and of no others.
 */
export function isPositionVisible(scope: Scope, { onlyLive = false } = {}): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  const { companyId, seesUnnamed } = scope
  return sql`((select is_open_company(${companyId})) and (
    ${isNamed(companyId)}
    or position.container = any(array(select company_ties(${companyId}, ${onlyLive})))
    ${seesUnnamed ? sql`or ${isUnnamed} and ${isNobodysElsewhere(sql.ref('position.container'))}` : sql``}
  ))`
}

/** The railway names a client of the company in a row of `position`. The hashes are what the indexes hold. */
export function isNamed(companyId: number): RawBuilder<boolean> {
  const hashes = sql`array(select hashtext(spelling) from company_spellings(${companyId}) as own (spelling))`
  const names = sql`array(select company_spellings(${companyId}))`
  return sql`(
    hashtext(coalesce(position.consignee, position.consignee_short)) = any(${hashes})
      and coalesce(position.consignee, position.consignee_short) = any(${names})
    or hashtext(coalesce(position.consignor, position.consignor_short)) = any(${hashes})
      and coalesce(position.consignor, position.consignor_short) = any(${names}))`
}

/** The railway names nobody in a row of `position`. In the words of its index. */
export const isUnnamed = sql<boolean>`num_nonnulls(position.consignee, position.consignee_short, position.consignee_okpo,
  position.consignee_tgnl, position.consignor, position.consignor_short, position.consignor_okpo, position.consignor_tgnl) = 0`

/** Neither a terminal nor the list of a train has ever named anybody for the container. */
export function isNobodysElsewhere(container: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`(not exists (
      select 1 from terminal_visit as told where told.container = ${container} and (told.client is not null or told.inn is not null))
    and not exists (select 1 from train_roster_row as told where told.container = ${container} and told.client is not null))`
}

/** The same for statements that ask of the many containers that `boxes` selects: all of these are looked up at once. */
export function isVisibleAmong(
  scope: Scope,
  container: RawBuilder<string>,
  boxes: RawBuilder<unknown>,
): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  return sql`${container} in (${selectVisible(scope, boxes)})`
}

/** As a query: those within the scope of the containers that `boxes` selects. */
export function selectVisible(scope: Scope, boxes: RawBuilder<unknown>): RawBuilder<{ readonly container: string }> {
  if (scope.kind === 'all') return sql`${boxes}`
  if (scope.kind === 'nothing') return sql`select null::text as container where false`
  const rule = sql.raw(scope.seesUnnamed ? 'company_sees_of' : 'company_owns_of')
  return sql`select seen.container from ${rule}(${scope.companyId}, array(${boxes})) as seen (container)`
}

/**
 * The condition under which a row of a train's list, called `row`, is within the scope: it names a client of the company, or the
 * container is visible and no newer list holds it. Numbers are used again, and who has a container now is not told who had it
 * before. `boxes` selects the containers of all rows that are asked of.
 */
export function isRosterRowVisible(scope: Scope, boxes: RawBuilder<unknown>): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  const { companyId } = scope
  const [container, workbookId] = [sql.ref<string>('row.container'), sql.ref('row.workbook_id')]
  return sql`((select is_open_company(${companyId})) and (
    ${sql.ref('row.client')} in (select company_spellings(${companyId}))
    or ${isVisibleAmong(scope, container, boxes)} and is_newest_list(${workbookId}, ${container})
  ))`
}

/** A row of a train's list, called `row`, names a client of the company. */
export function isRosterRowNamed(companyId: number): RawBuilder<boolean> {
  const client = sql.ref('row.client')
  return sql`((select is_open_company(${companyId})) and ${client} in (select company_spellings(${companyId})))`
}

/** The same as of one row for statements that read the rows of all trains. */
export function isAnyRosterRowVisible(scope: Scope): RawBuilder<boolean> {
  if (scope.kind !== 'company') return allOrNothing(scope)
  const { companyId, seesUnnamed } = scope
  const [container, workbookId, client] = [sql.ref('row.container'), sql.ref('row.workbook_id'), sql.ref('row.client')]
  return sql`((select is_open_company(${companyId})) and (
    ${client} in (select company_spellings(${companyId}))
    or (
      ${container} in (select container from position where ${isNamed(companyId)})
      or ${container} in (select company_ties(${companyId}))
      ${seesUnnamed ? sql`or ${client} is null and is_nobodys(${container})` : sql``}
    ) and is_newest_list(${workbookId}, ${container})
  ))`
}

function allOrNothing({ kind }: Exclude<Scope, CompanyScope>): RawBuilder<boolean> {
  return kind === 'all' ? sql`true` : sql`false`
}
