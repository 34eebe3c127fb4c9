import { isAlive, ping, readStoredHealth, type StoredHealth, workingParts } from '@atermtrack/data'
import { kindName } from '@atermtrack/messages'
import { readQueueStates } from '@atermtrack/outbox'
import { countJobs, pingRedis } from '@atermtrack/queue'
import { type Probe, probe } from '@atermtrack/runtime'
import type { Command, CommandInput } from '../../command.ts'
import { openDatabase, queueConnection } from '../../connections.ts'

/** A server that does not answer in this time holds up no other. */
const limitMs = 6_000
const services = ['bot', 'ingester', 'reporter'] as const

/** Whether servers, services, queues and sources are well. Those that nothing can be known of while the database is away are left out. */
export const healthCommand: Command = {
  right: 'inspect_health',
  usage: '',
  about: 'show whether servers, services, queues and sources are well; exit code 1 when something is not',
  async run(input) {
    const { env, table } = input
    await using db = openDatabase(env)
    const connection = queueConnection(env)
    const [database, redis, jobs] = await Promise.all([
      probe(async () => ping(db), limitMs),
      probe(async () => pingRedis(connection), limitMs),
      probe(async () => countJobs(connection), limitMs),
    ])
    const stored = database.state === 'ok' ? await readStoredHealth(db) : undefined
    const servers: readonly Row[] = [
      ['database', ...answerOf(database)],
      ['redis', ...answerOf(redis)],
      ...(stored ? serversOfServices(stored) : []),
    ]
    table(['server', 'state', 'ms', 'detail', 'checked seconds ago'], servers)
    const broken = servers.filter(([, state]) => state !== 'ok').map(([name]) => name)
    if (stored) {
      showServices(stored, input)
      const working = workingParts(stored.services)
      const queues = await readQueueStates(db, jobs.value)
      table(
        [
          'queue',
          'worked by',
          'alive',
          'rows waiting',
          'oldest since (UTC)',
          'jobs waiting',
          'jobs active',
          'jobs failed',
        ],
        queues.map(({ queue, workedBy, rows, oldestSince, jobs: count }) => {
          const alive = working.has(queue) ? 'yes' : 'no'
          return [queue, workedBy, alive, rows, oldestSince, count?.waiting, count?.active, count?.failed]
        }),
      )
      broken.push(...absentServices(stored), ...(stored.schema.missing.length > 0 ? ['schema'] : []))
    }
    if (broken.length > 0) throw new Error(`not well: ${broken.join(', ')}`)
  },
}

type Row = readonly [
  name: string,
  state: string,
  ms: number | undefined,
  detail: string | undefined,
  age: number | undefined,
]

function answerOf({ state, ms, error }: Probe<unknown>): [string, number, string | undefined, undefined] {
  return [state, ms, error instanceof Error ? error.message : undefined, undefined]
}

/** The servers that only services can reach, as they saw them last. */
function serversOfServices({ services: instances, mailboxes, backup }: StoredHealth): readonly Row[] {
  const seen = instances
    .filter(isAlive)
    .flatMap(({ servers, ageSeconds }) =>
      servers.map(({ name, state, ms, detail }): Row => [name, state, ms, detail, ageSeconds]),
    )
  const read = mailboxes.map(({ mailbox, failingSince, error, connectMs, okSeconds }): Row => {
    const state = failingSince ? 'failed' : 'ok'
    return [`mailbox ${mailbox}`, state, connectMs ?? undefined, error ?? undefined, okSeconds ?? undefined]
  })
  return [...seen, ...read, ...backupRows(backup)]
}

/** Nothing where no backup was ever tried. */
function backupRows(backup: StoredHealth['backup']): readonly Row[] {
  if (!backup) return []
  const { failingSince, isOverdue, error, ageSeconds } = backup
  const overdue = isOverdue ? 'overdue' : 'ok'
  return [['backup', failingSince ? 'failed' : overdue, undefined, error ?? undefined, ageSeconds]]
}

function showServices(
  { services: instances, sources, schema, databaseBytes }: StoredHealth,
  { table, print }: CommandInput,
): void {
  print(
    `schema ${schema.newest ?? 'none'}, ${schema.missing.length} migrations missing, the database takes ${databaseBytes} bytes`,
  )
  table(
    ['service', 'version', 'started (UTC)', 'seen (UTC)', 'alive', 'broken parts', 'disk free', 'disk size'],
    instances.map((instance) => {
      const { service, version, startedAt, seenAt, parts, disk } = instance
      const broken = parts.filter(({ state }) => state !== 'ok').map(({ name }) => name)
      return [
        service,
        version,
        startedAt,
        seenAt,
        isAlive(instance) ? 'yes' : 'no',
        broken.join(' '),
        disk?.free,
        disk?.size,
      ]
    }),
  )
  table(
    ['kind', 'sender', 'number', 'newest (UTC)', 'confirmed (UTC)'],
    sources.map(({ kind, sender, reportNumber, stamp, confirmedAt }) => [
      kindName(kind, 'en'),
      sender,
      reportNumber,
      stamp,
      confirmedAt,
    ]),
  )
}

function absentServices({ services: instances }: StoredHealth): readonly string[] {
  return services.filter((service) => !instances.some((one) => one.service === service && isAlive(one)))
}
