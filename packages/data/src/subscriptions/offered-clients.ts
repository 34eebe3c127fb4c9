import type { Scope } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'
import { partiesOf } from '../visibility/visibility.ts'

/** A client that a subscription can be about. */
export interface OfferedClient {
  /** One of its parties; names it in buttons. */
  readonly partyId: number
  /** As a file spells it, or its ИНН where no file names it. */
  readonly name: string
}

/** The shortest spelling of a `party` by its name, else its ИНН. */
const nameOfParty = sql<string>`coalesce((
  select spelling from client_spelling where client_spelling.key = party.key order by length(spelling), spelling limit 1), party.inn)`

/** The clients of most live containers in scope, spellings of one name together; one statement over the parties of live containers. */
export async function listOfferedClients(
  db: Db,
  scope: Scope,
  { limit }: { readonly limit: number },
): Promise<readonly OfferedClient[]> {
  return selectRows(
    db,
    { partyId: sql<number>`client.party_id`, name: nameOfParty },
    (list) => sql`
    select ${list} from (
      select min(party.id) as party_id, sum(counted.containers) as containers
      from (
        select party_id, count(*) as containers from container_party
        where is_live and party_id > 0 and ${isOffered(scope)}
        group by party_id
      ) as counted
      join party on party.id = counted.party_id
      where coalesce(party.key, party.inn) <> ''
      group by coalesce(party.key, party.inn)
    ) as client
    join party on party.id = client.party_id
    order by client.containers desc, 2
    limit ${limit}`,
  )
}

/** The name of a client by its party; undefined for one without a name and an ИНН. Whether somebody may see it is for the caller to ask. */
export async function findOfferedClient(db: Db, partyId: number): Promise<string | undefined> {
  const row = await selectRow(
    db,
    { name: nameOfParty },
    (list) => sql`select ${list} from party where party.id = ${partyId} and coalesce(party.key, party.inn) <> ''`,
  )
  return row?.name
}

/** Of the companies of a person only the clients count: a container in scope names its other parties too. */
function isOffered(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'company') return sql`party_id = any(${partiesOf(scope)})`
  return scope.kind === 'all' ? sql`true` : sql`false`
}
