import { isAlive, type ServiceInstance, type StoredHealth, workingParts } from '@atermtrack/data'
import {
  escapeHtml,
  formatBytes,
  formatDuration,
  formatExact,
  healthTexts as texts,
  kindName,
  type Language,
} from '@atermtrack/messages'
import type { QueueState } from '@atermtrack/outbox'
import type { Probe } from '@atermtrack/runtime'
import type { View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export interface SeenHealth {
  readonly stored: StoredHealth
  readonly queues: readonly QueueState[]
  readonly servers: Readonly<Record<'database' | 'redis' | 'telegram', Probe<unknown>>>
}

interface Reader {
  readonly language: Language
  readonly zone: string
  readonly staleAfterMinutes: number
}

const ok = '🟢'
const bad = '🔴'
const unsure = '🟡'
const unknown = '⚪'
const mostSources = 8
const mostInstances = 9
const longest = 80

/** Everything that the operator of the system asks first, each line with a mark of how it is. */
export function healthView(seen: SeenHealth, reader: Reader): View {
  const { language, zone } = reader
  const words = texts[language]
  return {
    html: [
      words.title(formatExact(seen.stored.now, { language, zone })),
      ['', words.servers, ...serverLines(seen, reader)],
      ['', words.services, ...serviceLines(seen.stored.services, language)],
      ['', words.sources, ...sourceLines(seen.stored, reader)],
      ['', words.queues, ...queueLines(seen, language)],
    ]
      .flat()
      .join('\n'),
    keyboard: { inline_keyboard: [[actions.refreshHealth.button(words.refresh)]] },
  }
}

function serverLines({ stored, servers }: SeenHealth, reader: Reader): readonly string[] {
  const { language } = reader
  const words = texts[language]
  const { databaseBytes, schema, services } = stored
  const facts = [
    words.databaseSize(formatBytes(databaseBytes, language)),
    ...(schema.newest === undefined ? [] : [words.schema(schema.newest.slice(0, 4))]),
    ...(schema.missing.length > 0 ? [words.schemaMissing(schema.missing.length)] : []),
  ]
  return [
    line(servers.database.state, words.names.database, [answerOf(servers.database, language), ...facts]),
    line(servers.redis.state, words.names.redis, [answerOf(servers.redis, language)]),
    line(servers.telegram.state, words.names.telegram, [answerOf(servers.telegram, language)]),
    ...mailboxLines(stored, reader),
    smtpLine(services, language),
    backupLine(stored, reader),
  ]
}

function mailboxLines({ mailboxes }: StoredHealth, { language, zone }: Reader): readonly string[] {
  const words = texts[language]
  if (mailboxes.length === 0) return [`${unknown} ${words.names.mailbox}: ${words.notSet}`]
  return mailboxes.map(({ failingSince, loginRefused, error, connectMs, okSeconds }) => {
    const facts = failingSince
      ? [
          words.failingSince(formatExact(failingSince, { language, zone })),
          loginRefused ? words.loginRefused : escapeHtml(error ?? '', longest),
        ]
      : [...(connectMs === null ? [] : [words.login(connectMs)]), words.seen(okSeconds ?? 0)]
    return line(failingSince ? 'failed' : 'ok', words.names.mailbox, facts)
  })
}

/** The newest word of a reporter that is alive: only that service knows the mail server. */
function smtpLine(services: readonly ServiceInstance[], language: Language): string {
  const words = texts[language]
  const [seen] = services
    .filter(isAlive)
    .flatMap(({ servers, ageSeconds }) => servers.map((server) => ({ ...server, ageSeconds })))
    .filter(({ name }) => name === 'smtp')
    .toSorted((a, b) => a.ageSeconds - b.ageSeconds)
  if (!seen) return `${unknown} ${words.names.smtp}: ${words.notSet}`
  const { state, detail, ageSeconds } = seen
  const facts = [answerOf(seen, language), ...(detail === undefined ? [] : [escapeHtml(detail, longest)])]
  return line(state, words.names.smtp, [...facts, words.seen(ageSeconds)])
}

function backupLine({ backup, now }: StoredHealth, { language, zone }: Reader): string {
  const words = texts[language]
  if (!backup) return `${unknown} ${words.names.backup}: ${words.noBackups}`
  const { okAt, bytes, failingSince, error, isOverdue } = backup
  const last = okAt
    ? [words.newest(formatExact(okAt, { language, zone }), formatDuration(minutesBetween(okAt, now), language))]
    : [words.noBackupYet]
  const size = bytes === null ? [] : [formatBytes(bytes, language)]
  const failure = failingSince
    ? [words.backupFails(formatExact(failingSince, { language, zone })), escapeHtml(error ?? '', longest)]
    : []
  return line(failingSince || isOverdue ? 'failed' : 'ok', words.names.backup, [...failure, ...last, ...size])
}

function serviceLines(services: readonly ServiceInstance[], language: Language): readonly string[] {
  const words = texts[language]
  const nameOf = (service: string) => words.serviceNames[service] ?? service
  const absent = Object.keys(words.serviceNames).filter(
    (service) => !services.some((one) => one.service === service && isAlive(one)),
  )
  const lines = services.slice(0, mostInstances).map((instance) => {
    const { service, version, startedAt, seenAt, ageSeconds, parts, disk } = instance
    const broken = parts.filter(({ state }) => state !== 'ok').map(({ name }) => escapeHtml(name, longest))
    const minutes = Math.floor((seenAt.getTime() - startedAt.getTime()) / 60_000)
    const space =
      disk === undefined ? [] : [words.disk(formatBytes(disk.free, language), formatBytes(disk.size, language))]
    const name = `${nameOf(service)} ${escapeHtml(version, longest)}`
    if (!isAlive(instance)) return line('failed', name, [words.lastSeen(ageSeconds)])
    const state = broken.length > 0 ? words.broken(broken.join(', ')) : words.running(minutes)
    return line(broken.length > 0 ? 'failed' : 'ok', name, [state, ...space])
  })
  const others = services.length - lines.length
  return [
    ...lines,
    ...(others > 0 ? [words.others(others)] : []),
    ...absent.map((service) => `${bad} ${words.none(nameOf(service))}`),
  ]
}

function sourceLines({ sources, now }: StoredHealth, reader: Reader): readonly string[] {
  const words = texts[reader.language]
  if (sources.length === 0) return [words.noSources]
  const rosters = sources.filter(({ kind }) => kind === 'train_roster')
  // Each train is a source of its own, which sends one list or two: all of them are one line.
  const lines = sources
    .filter((source) => rosters.length <= 1 || source.kind !== 'train_roster')
    .map((source) => sourceLine(source, now, reader))
  const [newest] = rosters.toSorted((a, b) => (heardAt(b)?.getTime() ?? 0) - (heardAt(a)?.getTime() ?? 0))
  const all =
    newest && rosters.length > 1
      ? [`${ok} ${words.rosters(rosters.length)}: ${words.newestOfAll(ageOf(newest, now, reader))}`]
      : []
  const others = lines.length - mostSources
  return [...lines.slice(0, mostSources), ...(others > 0 ? [words.others(others)] : []), ...all]
}

type Source = StoredHealth['sources'][number]

function sourceLine(source: Source, now: Date, reader: Reader): string {
  const { kind, sender, reportNumber } = source
  const { language, staleAfterMinutes } = reader
  const name = [kindName(kind, language), sender, reportNumber && `№${reportNumber}`].filter(Boolean).join(', ')
  const heard = heardAt(source)
  const isStale = kind === 'dislocation' && heard !== undefined && minutesBetween(heard, now) > staleAfterMinutes
  const mark = heard === undefined ? unknown : isStale ? unsure : ok
  return `${mark} ${escapeHtml(name, longest)}: ${ageOf(source, now, reader)}`
}

/** When a source has last said how things are. */
function heardAt({ stamp, confirmedAt }: Source): Date | undefined {
  if (!stamp) return undefined
  return confirmedAt && confirmedAt > stamp ? confirmedAt : stamp
}

function ageOf(source: Source, now: Date, { language, zone }: Reader): string {
  const words = texts[language]
  const heard = heardAt(source)
  if (heard === undefined) return words.noReports
  return words.newest(formatExact(heard, { language, zone }), formatDuration(minutesBetween(heard, now), language))
}

function queueLines({ queues, stored }: SeenHealth, language: Language): readonly string[] {
  const words = texts[language]
  const working = workingParts(stored.services)
  const lines = queues.flatMap((queue) =>
    queueLine(queue, stored.now, { language, isWorked: working.has(queue.queue) }),
  )
  const isKnown = queues.some(({ jobs }) => jobs !== undefined)
  const rest = lines.length === 0 ? words.allEmpty : words.othersEmpty
  return [...lines, isKnown ? rest : words.jobsUnknown]
}

/** No line for a queue that is empty, or whose jobs all wait for the time of a schedule. */
function queueLine(
  { queue, rows, oldestSince, jobs, scheduled }: QueueState,
  now: Date,
  { language, isWorked }: { readonly language: Language; readonly isWorked: boolean },
): readonly string[] {
  const words = texts[language]
  const waiting = Math.max(rows ?? 0, (jobs?.waiting ?? 0) - scheduled)
  const failed = jobs?.failed ?? 0
  if (waiting === 0 && failed === 0) return []
  const facts = [
    ...(waiting > 0 ? [words.waiting(waiting)] : []),
    ...(oldestSince ? [words.oldest(formatDuration(minutesBetween(oldestSince, now), language))] : []),
    ...(failed > 0 ? [words.failedJobs(failed)] : []),
    ...(isWorked ? [] : [words.noWorker]),
  ]
  const mark = failed > 0 ? unsure : ok
  return [`${isWorked ? mark : bad} ${queue}: ${facts.join(', ')}`]
}

function minutesBetween(from: Date, to: Date): number {
  return Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000))
}

function line(state: string, name: string, facts: readonly string[]): string {
  return `${state === 'ok' ? ok : bad} ${name}: ${facts.filter(Boolean).join(', ')}`
}

function answerOf({ state, ms }: { readonly state: string; readonly ms: number }, language: Language): string {
  const words = texts[language]
  if (state === 'ok') return words.ms(ms)
  return state === 'failed' ? words.failed : words.silent(ms)
}
