import { isSameParty, partiesOfContainer, type PartyIdentity } from '@atermtrack/domain'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { CompanyClient, Position, TerminalVisit, TrainRosterRow } from '../schema.generated.ts'
import { partyColumns } from './container-parties.ts'

/** Everything that decides who sees what, as it is stored from files and clients. */
interface Files {
  readonly positions: ReadonlyMap<string, Selectable<Position>>
  readonly visits: readonly Selectable<TerminalVisit>[]
  /** The rows of the lists that count, those of the newest list first. */
  readonly listed: readonly (Selectable<TrainRosterRow> & { readonly sentAt: Date })[]
  /** All rows, of lists that count and of others. */
  readonly rosterRows: readonly Selectable<TrainRosterRow>[]
  readonly companies: readonly { readonly id: number; readonly isShared: boolean; readonly deletedAt: Date | null }[]
  readonly clients: readonly Selectable<CompanyClient>[]
  /** Key and form of each name. */
  readonly names: ReadonlyMap<string, { readonly key: string | null; readonly form: string | null }>
}

export interface Seen {
  readonly containers: readonly string[]
  /** Rows of lists that count, as workbook and number. */
  readonly rosterRows: readonly string[]
}

export async function readFiles(db: Db): Promise<Files> {
  const positions = await db.selectFrom('position').selectAll().execute()
  const rosterRows = await db.selectFrom('trainRosterRow').selectAll().execute()
  const lists = await db.selectFrom('currentTrainRoster').select(['workbookId', 'sentAt']).execute()
  const sentAt = new Map(lists.map((list) => [list.workbookId, list.sentAt]))
  const { rows: names } = await sql<{ name: string; key: string | null; form: string | null }>`
    select name, client_key(name) as key, client_form(name) as form from (
      select spelling as name from client_spelling union select name from company_client where name is not null
    ) as named`.execute(db)
  return {
    positions: new Map(positions.map((position) => [position.container, position])),
    visits: await db.selectFrom('terminalVisit').selectAll().execute(),
    listed: rosterRows
      .flatMap((row) => {
        const at = sentAt.get(row.workbookId)
        return at ? [{ ...row, sentAt: at }] : []
      })
      .toSorted((a, b) => b.sentAt.getTime() - a.sentAt.getTime() || b.workbookId - a.workbookId),
    rosterRows,
    companies: await db.selectFrom('company').select(['id', 'isShared', 'deletedAt']).execute(),
    clients: await db.selectFrom('companyClient').selectAll().execute(),
    names: new Map(names.map(({ name, ...rest }) => [name, rest])),
  }
}

/** The containers that the people of a company see, by the rule of the domain and one after the other. */
export function seenBy(files: Files, companyId: number, { seesUnnamed }: { readonly seesUnnamed: boolean }): Seen {
  const isOpen = files.companies.some(({ id, deletedAt }) => id === companyId && deletedAt === null)
  const owners = files.companies.filter(
    ({ id, isShared, deletedAt }) => deletedAt === null && (id === companyId || isShared),
  )
  const clients = files.clients
    .filter((client) => isOpen && owners.some(({ id }) => id === client.companyId))
    .map(({ name, inn }) => identify(files, name, inn))
  const isClient = (party: PartyIdentity) => clients.some((client) => isSameParty(client, party))
  const containers = new Set(
    listContainers(files).filter((container) =>
      isUnnamed(files, container) ? isOpen && seesUnnamed : partiesOf(files, container).some(isClient),
    ),
  )
  const rows = files.listed.filter((row) => {
    const newest = files.listed.find(({ container }) => container === row.container)
    const isNamed = row.client !== null && isClient(identify(files, row.client, null))
    return isNamed || (newest?.workbookId === row.workbookId && containers.has(row.container))
  })
  return {
    containers: [...containers].toSorted(),
    rosterRows: rows.map(({ workbookId, rowNumber }) => `${workbookId} ${rowNumber}`).toSorted(),
  }
}

function listContainers({ positions, visits, rosterRows }: Files): readonly string[] {
  return [...new Set([...positions.keys(), ...[...visits, ...rosterRows].map(({ container }) => container)])]
}

function partiesOf(files: Files, container: string): readonly PartyIdentity[] {
  const position = files.positions.get(container)
  const visit = lastVisit(files, container)
  const newest = files.listed.find((row) => row.container === container)
  const named = (name: string | null | undefined) => (name ? [identify(files, name, null)] : [])
  return partiesOfContainer({
    position: position && {
      tripStartedAt: position.tripStartedAt ?? undefined,
      parties: [
        ...named(position.consignee ?? position.consigneeShort),
        ...named(position.consignor ?? position.consignorShort),
      ],
    },
    visit: visit && {
      dispatchedAt: visit.dispatchedAt ?? undefined,
      reportedAt: visit.stamp,
      parties: [identify(files, visit.client, visit.inn)],
    },
    roster: newest && {
      sentAt: newest.sentAt,
      parties: files.listed
        .filter((row) => row.container === container && row.workbookId === newest.workbookId)
        .flatMap(({ client }) => named(client)),
    },
  })
}

function lastVisit({ visits }: Files, container: string) {
  const arrivalId = ({ fields }: Selectable<TerminalVisit>) =>
    Number((fields as { arrivalId?: string }).arrivalId ?? -1)
  return visits
    .filter((visit) => visit.container === container)
    .toSorted((a, b) => (b.arrivedAt?.getTime() ?? 0) - (a.arrivedAt?.getTime() ?? 0) || arrivalId(b) - arrivalId(a))[0]
}

function isUnnamed({ positions, visits, rosterRows }: Files, container: string): boolean {
  const position = positions.get(container) as Readonly<Record<string, unknown>> | undefined
  const fields = partyColumns.map((name) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase()))
  return (
    fields.every((field) => (position?.[field] ?? null) === null) &&
    visits.every((visit) => visit.container !== container || (visit.client === null && visit.inn === null)) &&
    rosterRows.every((row) => row.container !== container || row.client === null)
  )
}

function identify({ names, visits }: Files, name: string | null, inn: string | null): PartyIdentity {
  const { key, form } = names.get(name ?? '') ?? { key: null, form: null }
  const isValid = (text: string | null) => text !== null && /^([0-9]{10}|[0-9]{12})$/.test(text)
  const reported = visits.filter(({ client }) => form !== null && names.get(client ?? '')?.form === form)
  const inns = new Set(reported.flatMap((visit) => (visit.inn !== null && isValid(visit.inn) ? [visit.inn] : [])))
  const known = inns.size === 1 ? [...inns][0] : undefined
  return { key: key ?? undefined, inn: inn !== null && isValid(inn) ? inn : known }
}
