import { createCounted } from '../../format/counted.ts'
import { bold, code, escapeHtml } from '../../format/html.ts'
import type { stats as ru } from '../../ru/reports/stats.ts'
import { duration, number } from '../words.ts'

const sends = {
  sent: 'sent',
  failed: 'not sent',
  blocked: 'not taken',
  unknown: 'unknown',
  cancelled: 'cancelled',
}
const imports = {
  imported: 'accepted',
  history_only: 'as history',
  duplicate: 'duplicates',
  quarantined: 'waiting for a decision',
  held: 'held',
  refused: 'rejected',
  pending: 'in line',
}

const channels = { telegram: 'Telegram', email: 'e-mail' }

const counted = createCounted(number, 'none')

export const stats: typeof ru = {
  command: 'Statistics',
  periods: { day: 'Day', week: 'Week', month: 'Month' },
  picture: '📊 As a picture',
  preparing: 'I am drawing it and will send it here',
  title: (period) =>
    ({ day: 'Statistics of today', week: 'Statistics of 7 days', month: 'Statistics of 30 days' })[period],
  lines: ({ totals, activePeople, topContainers, topNotUnderstood, topRefusals, forecastErrorMinutes }) => {
    const count = (name: string) => number(totals[name] ?? 0)
    return [
      `👥 People: new ${count('people_new')}, active ${number(activePeople)}, blocked the bot ${count('people_blocked')}`,
      `🔎 Look-ups: ${count('lookups')}, not understood: ${count('not_understood')}`,
      `📮 Sends: ${counted(totals, 'send_', sends)}`,
      `📥 Imports: ${counted(totals, 'import_', imports)}`,
      `⚠️ Failures: reports ${count('reports_failed')}, messages ${count('updates_failed')}`,
      `📅 Error of forecasts: ${forecastErrorMinutes === undefined ? 'not measured yet' : `${duration(Math.round(forecastErrorMinutes))} on average`}`,
      ...(topRefusals.length > 0 ? ['', bold('Why messages did not leave')] : []),
      ...topRefusals.map(
        ({ channel, reason, amount }) => `${number(amount)} × ${channels[channel]}: ${escapeHtml(reason)}`,
      ),
      ...(topContainers.length > 0 ? ['', bold('Containers asked about most')] : []),
      ...topContainers.map(({ container, amount }) => `${code(container)}: ${number(amount)}`),
      ...(topNotUnderstood.length > 0 ? ['', bold('What I did not understand')] : []),
      ...topNotUnderstood.map(
        ({ text, amount }) => `“${escapeHtml(text.slice(0, 60))}”${amount > 1 ? `: ${number(amount)}` : ''}`,
      ),
    ].join('\n')
  },
  series: { lookups: 'Look-ups', people: 'Active people' },
  fileTitle: 'Statistics',
}
