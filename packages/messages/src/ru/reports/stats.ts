import type { StatisticsPeriod } from '@atermtrack/domain'
import { createCounted } from '../../format/counted.ts'
import { bold, code, escapeHtml } from '../../format/html.ts'
import { duration, number } from '../words.ts'

/** What happened in some days, as admins read it. */
export interface StatsFigures {
  readonly totals: Readonly<Record<string, number>>
  readonly activePeople: number
  readonly topContainers: readonly { readonly container: string; readonly amount: number }[]
  readonly topNotUnderstood: readonly { readonly text: string; readonly amount: number }[]
  readonly topRefusals: readonly {
    readonly channel: 'telegram' | 'email'
    readonly reason: string
    readonly amount: number
  }[]
  readonly forecastErrorMinutes: number | undefined
}

const sends = {
  sent: 'ушло',
  failed: 'не ушло',
  blocked: 'не приняли',
  unknown: 'неизвестно',
  cancelled: 'отменено',
}
const imports = {
  imported: 'принято',
  history_only: 'в историю',
  duplicate: 'повторы',
  quarantined: 'ждут решения',
  held: 'отложены',
  refused: 'отклонено',
  pending: 'в очереди',
}

const channels = { telegram: 'Telegram', email: 'e-mail' }

const counted = createCounted(number, 'нет')

export const stats = {
  command: 'Статистика',
  periods: { day: 'День', week: 'Неделя', month: 'Месяц' },
  picture: '📊 Картинкой',
  preparing: 'Рисую, пришлю сюда',
  title: (period: StatisticsPeriod) =>
    ({ day: 'Статистика за сегодня', week: 'Статистика за 7 дней', month: 'Статистика за 30 дней' })[period],
  /** Telegram HTML. */
  lines: ({
    totals,
    activePeople,
    topContainers,
    topNotUnderstood,
    topRefusals,
    forecastErrorMinutes,
  }: StatsFigures) => {
    const count = (name: string) => number(totals[name] ?? 0)
    return [
      `👥 Люди: новых ${count('people_new')}, активных ${number(activePeople)}, заблокировали бота ${count('people_blocked')}`,
      `🔎 Запросы: ${count('lookups')}, не понял: ${count('not_understood')}`,
      `📮 Отправки: ${counted(totals, 'send_', sends)}`,
      `📥 Импорты: ${counted(totals, 'import_', imports)}`,
      `⚠️ Сбои: отчёты ${count('reports_failed')}, сообщения ${count('updates_failed')}`,
      `📅 Ошибка прогноза: ${forecastErrorMinutes === undefined ? 'ещё не измерена' : `в среднем ${duration(Math.round(forecastErrorMinutes))}`}`,
      ...(topRefusals.length > 0 ? ['', bold('Почему не ушло')] : []),
      ...topRefusals.map(
        ({ channel, reason, amount }) => `${number(amount)} × ${channels[channel]}: ${escapeHtml(reason)}`,
      ),
      ...(topContainers.length > 0 ? ['', bold('О каких контейнерах спрашивают')] : []),
      ...topContainers.map(({ container, amount }) => `${code(container)}: ${number(amount)}`),
      ...(topNotUnderstood.length > 0 ? ['', bold('Чего я не понял')] : []),
      ...topNotUnderstood.map(
        ({ text, amount }) => `«${escapeHtml(text.slice(0, 60))}»${amount > 1 ? `: ${number(amount)}` : ''}`,
      ),
    ].join('\n')
  },
  series: { lookups: 'Запросы', people: 'Активные люди' },
  fileTitle: 'Статистика',
}
