import { atLength, expect, type SimulatedFile, test } from '@atermtrack/testkit'
import { createSystem, openSandbox } from '../system.ts'
import { type AlertSeen, expectMessages } from './expectations.ts'
import { countAccepted, leaveAtOnce, openWeeks, weeksEnv, type WeekServers } from './open-weeks.ts'
import type { OracleKind } from './oracle-event.ts'
import { simulateDays, type WeekReport } from './railway.ts'
import { readAlerts } from './read-alerts.ts'
import { openReaders } from './readers.ts'
import { freeDaysRule } from './terminal-oracle.ts'

// Takes up to 240 s: two weeks of reports are mailed, read and reported.

/** Railways whose reports never shrink to a doubtful size. */
const seeds = atLength({ short: [4], full: [4, 6, 7] })
const days = atLength({ short: 8, full: 14 })
/** Reports that are known before anybody subscribes. */
const former = 2

/** Kinds that are told on each of these railways, so that the comparison is about something. */
const toldOnAll: readonly OracleKind[] = [
  'departed',
  'arrived_at_station',
  'abandoned',
  'picked_up',
  'arrived',
  'unloaded',
  'missing',
  'forecast_moved',
  'norm_at_risk',
  'norm_missed',
  'came_to_terminal',
  'left_terminal',
  'free_days_end',
]
/** One message is about so many containers. */
const wholeTrain = 30

/** What happens to a report next: its file can come in a second message, and its message be in the mailbox twice. */
interface Step {
  readonly kind: 'mail' | 'mail and copy' | 'mail again' | 'undo'
  readonly report: WeekReport
}

interface Plan {
  readonly name: string
  readonly steps: (reports: readonly WeekReport[]) => readonly Step[]
}

const inOrder = (reports: readonly WeekReport[]) => reports.map((report): Step => ({ kind: 'mail', report }))
/** Later by two reports at most: news is a day and a half old at most. */
const outOfOrder = (reports: readonly WeekReport[]) =>
  inOrder(inBlocks(reports, 3).flatMap((block) => block.toReversed()))
const twice = (reports: readonly WeekReport[]) =>
  reports.flatMap((report): readonly Step[] => [
    { kind: 'mail and copy', report },
    { kind: 'mail again', report },
  ])
const withUndone = (reports: readonly WeekReport[], place: number) =>
  reports.flatMap((report, at): readonly Step[] => {
    const mail: Step = { kind: 'mail', report }
    return at === place ? [mail, { kind: 'undo', report }, { kind: 'mail again', report }] : [mail]
  })

const mixed: Plan = {
  name: 'in order, twice, out of order, and undone and sent again',
  steps: (reports) => [
    ...inOrder(reports.slice(0, 2)),
    ...withUndone(reports.slice(2, 5), 1),
    ...twice(reports.slice(5, 6)),
    ...outOfOrder(reports.slice(6)),
  ],
}
const plans = atLength<readonly Plan[]>({
  short: [mixed],
  full: [
    { name: 'in order', steps: (reports) => inOrder(reports) },
    { name: 'out of order', steps: outOfOrder },
    { name: 'twice', steps: twice },
    { name: 'in order, with one that is undone and sent again', steps: (reports) => withUndone(reports, 6) },
    mixed,
  ],
})

for (const plan of plans) {
  for (const seed of seeds) {
    test(
      `reports that are mailed ${plan.name} tell each event once and right, on the railway ${String(seed)}`,
      async ({ db, databaseUrl, redisUrl, queuePrefix, mailServer }) =>
        live(plan, seed, { db, databaseUrl, redisUrl, queuePrefix, mailServer }),
      1_800_000,
    )
  }
}

async function live(plan: Plan, seed: number, servers: WeekServers): Promise<void> {
  const { db, mailServer } = servers
  const fortnight = await simulateDays({ seed, days })
  await using _turns = await leaveAtOnce(db)
  await using sandbox = await openSandbox({ keepCalls: 100_000 })
  await using system = createSystem({
    ...servers,
    sandbox,
    env: { ALERTS_PER_HOUR: '1000', TERMINAL_FREE_DAYS: freeDaysRule },
  })
  await Promise.all([system.start('bot'), system.start('ingester', weeksEnv(mailServer)), system.start('reporter')])
  await system.ready()
  await using weeks = openWeeks(servers)
  let accepted = fortnight.reports.slice(0, former)
  await weeks.mail(...accepted.flatMap(filesOf), ...fortnight.rosters.map(({ file }) => file))
  const readers = await openReaders(db, sandbox, fortnight)
  const expectations = readers.map((reader) => ({ reader, ...expectMessages(reader) }))
  for (const { follow } of expectations) follow(accepted)
  for (const { forget } of expectations) forget()
  sandbox.clearCalls()
  for (const step of plan.steps(fortnight.reports.slice(former))) {
    const { kind, report } = step
    const files = filesOf(report)
    if (kind === 'undo') for (const file of files) await weeks.undo(file)
    else if (kind === 'mail again') for (const file of files) await weeks.mailAgain(file)
    else await weeks.mail(...files)
    if (kind === 'mail and copy') for (const file of files) await weeks.copy(file)
    accepted = [...accepted.filter((known) => known !== report), ...(kind === 'undo' ? [] : [report])]
    await weeks.passTime()
    // A message that still waits for its turn when its event is withdrawn is never sent, and needs no correction.
    await weeks.untilSent()
    for (const { follow } of expectations) follow(accepted)
  }
  expect(await countAccepted(db)).toBe(fortnight.reports.flatMap(filesOf).length + fortnight.rosters.length)
  for (const { reader, messages } of expectations) {
    expect({ [reader.name]: sorted(readAlerts(reader.person)) }).toEqual({ [reader.name]: sorted(messages()) })
    // Each of them was sent once, and edited from then on.
    const sent = sandbox.calls.filter(({ method, chatId }) => method === 'sendMessage' && chatId === reader.person.id)
    expect({ [reader.name]: sent.length }).toEqual({ [reader.name]: messages().length })
  }
  const told = expectations.flatMap(({ messages }) => messages().flatMap(({ groups }) => groups))
  expect([...new Set(told.map(({ kind }) => kind))]).toEqual(expect.arrayContaining([...toldOnAll]))
  expect(told.some(({ count }) => count >= wholeTrain)).toBe(true)
}

/** A report, after what the terminal has mailed since the one before. */
function filesOf({ file, terminal }: WeekReport): readonly SimulatedFile[] {
  return [...terminal.map((report) => report.file), file]
}

function inBlocks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
}

function sorted(alerts: readonly AlertSeen[]): readonly string[] {
  return alerts
    .map(({ groups, corrected }) =>
      JSON.stringify({ groups: groups.map((group) => JSON.stringify(group)).toSorted(), corrected }),
    )
    .toSorted()
}
