import { statistics } from '@atermtrack/data'
import { statisticsDays, statisticsPeriods } from '@atermtrack/domain'
import { readConfig, serviceEnv } from '@atermtrack/runtime'
import { type Command, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { textTable } from '../text-table.ts'

/** The statistics that admins see in the chat. */
export const statsCommand: Command = {
  usage: `[--period <${statisticsPeriods.join('|')}>] [--json]`,
  about: 'show what people did and what became of it, by default in the last 7 days, today included',
  options: { period: { type: 'string' }, json: { type: 'boolean' } },
  async run({ options, env, print }) {
    const period = statisticsPeriods.find((one) => one === (options['period'] ?? 'week'))
    if (!period) throw new UsageError(`expected a period: ${statisticsPeriods.join(', ')}`)
    const { SCHEDULE_TIMEZONE: zone } = readConfig(serviceEnv.pick({ SCHEDULE_TIMEZONE: true }), env)
    await using db = openDatabase(env)
    const found = await statistics.readStatistics(db, { days: statisticsDays[period], zone })
    if (options['json'] === true) {
      return print(JSON.stringify({ zone, ...found, byDay: Object.fromEntries(found.byDay) }, undefined, 2))
    }
    const { totals, activePeople, forecastErrorMinutes } = found
    const rows = Object.entries({
      ...totals,
      active_people: activePeople,
      forecast_error_minutes: forecastErrorMinutes,
    })
    print(
      textTable(
        ['what', 'how many'],
        rows.map(([name, amount]) => [name, amount ?? null]),
      ),
    )
  },
}
