import { statistics } from '@atermtrack/data'
import { statisticsDays, statisticsPeriods } from '@atermtrack/domain'
import { readConfig, serviceEnv } from '@atermtrack/runtime'
import { readOverEnvironment } from '@atermtrack/settings'
import { type Command, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'

/** The statistics that admins see in the chat. */
export const statsCommand: Command = {
  right: 'inspect_statistics',
  usage: `[--period <${statisticsPeriods.join('|')}>]`,
  about: 'show what people did and what became of it, by default in the last 7 days, today included',
  options: { period: { type: 'string' } },
  async run({ options, env, table }) {
    const period = statisticsPeriods.find((one) => one === (options['period'] ?? 'week'))
    if (!period) throw new UsageError(`expected a period: ${statisticsPeriods.join(', ')}`)
    await using db = openDatabase(env)
    const current = await readOverEnvironment(db, env)
    const { SCHEDULE_TIMEZONE: zone } = readConfig(serviceEnv.pick({ SCHEDULE_TIMEZONE: true }), current)
    const found = await statistics.readStatistics(db, { days: statisticsDays[period], zone })
    const { totals, activePeople, forecastErrorMinutes = null } = found
    const rows = Object.entries({
      ...totals,
      active_people: activePeople,
      forecast_error_minutes: forecastErrorMinutes,
    })
    table(['what', 'how many'], rows)
    table(
      ['channel', 'refused because', 'times'],
      found.topRefusals.map(({ channel, reason, amount }) => [channel, reason, amount]),
    )
    const days = found.days.map((day) => [
      day,
      found.byDay.get(day)?.['lookups'] ?? 0,
      found.byDay.get(day)?.['people_active'] ?? 0,
    ])
    table(['day', 'look-ups', 'active people'], days)
    table(
      ['container', 'asked'],
      found.topContainers.map(({ container, amount }) => [container, amount]),
    )
    table(
      ['not understood', 'times'],
      found.topNotUnderstood.map(({ text, amount }) => [text, amount]),
    )
  },
}
