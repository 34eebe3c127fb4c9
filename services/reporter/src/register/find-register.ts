import { type Db, lateRegister, type Scope, trains } from '@atermtrack/data'
import { type LateWaybill, lateWaybills, monthAfter, monthRange } from '@atermtrack/domain'

const dayMs = 86_400_000
/** Trips beyond it are left out, and the caption says so. */
const mostTrips = 20_000
/** The containers of one waybill come within so many days of each other. */
const spreadDays = 60

export interface RegisterTerms {
  readonly scope: Scope
  /** Zone of the railway's times. */
  readonly zone: string
  readonly claimDays: number
}

export interface FoundRegister {
  readonly late: readonly LateWaybill<lateRegister.LateTrip>[]
  readonly overdue: readonly LateWaybill<lateRegister.LateTrip>[]
  readonly isCut: boolean
}

export interface RegisterAsked {
  /** First day; undefined for all months. */
  readonly month: string | undefined
  readonly trainCode?: string | undefined
}

/** The waybills whose last container arrived late in a month, of a train where one is named, and those that are still on their way. */
export async function findRegister(
  db: Db,
  { month, trainCode }: RegisterAsked,
  terms: RegisterTerms,
): Promise<FoundRegister> {
  const { scope, zone } = terms
  const containers = trainCode === undefined ? undefined : await containersOf(db, trainCode, scope)
  const range = month === undefined ? undefined : monthRange(month, monthAfter(month), zone)
  return findBetween(db, { range, containers }, terms)
}

/** The waybills whose last container arrived late within a time. */
export async function findBetween(
  db: Db,
  {
    range,
    containers,
  }: {
    readonly range: { readonly from: Date; readonly until: Date } | undefined
    readonly containers?: readonly string[] | undefined
  },
  { scope, ...terms }: RegisterTerms,
): Promise<FoundRegister> {
  const asked = { scope, containers, limit: mostTrips }
  const arrived = await lateRegister.listArrivedLate(db, { ...asked, ...widened(range) })
  const onTheirWay = await lateRegister.listOverdue(db, asked)
  const waybills = lateWaybills([...arrived, ...onTheirWay], terms)
  return {
    late: waybills.filter(
      ({ arrivedAt }) => arrivedAt && (!range || (arrivedAt >= range.from && arrivedAt < range.until)),
    ),
    overdue: waybills.filter(({ arrivedAt }) => !arrivedAt),
    isCut: arrived.length === mostTrips || onTheirWay.length === mostTrips,
  }
}

/** The other containers of a waybill count too: it has arrived with the last. */
function widened(range: { readonly from: Date; readonly until: Date } | undefined) {
  if (!range) return { from: new Date(0), until: new Date(8.64e15) }
  return {
    from: new Date(range.from.getTime() - spreadDays * dayMs),
    until: new Date(range.until.getTime() + spreadDays * dayMs),
  }
}

async function containersOf(db: Db, trainCode: string, scope: Scope): Promise<readonly string[]> {
  const { known } = await trains.find(db, [trainCode], scope)
  return known.flatMap(({ rows }) => rows.map(({ container }) => container))
}
