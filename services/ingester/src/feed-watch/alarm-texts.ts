import { escapeHtml, formatDuration, formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { proxyRefusedText } from '../mail/imap-mailbox.ts'
import type { FeedAlarm, FeedRecovery } from './decide-alarms.ts'

/** What the admins read, Telegram HTML. `zone` is that of the times shown. */
export function alarmText(alarm: FeedAlarm, zone: string): string {
  if (alarm.name === 'dislocation-silent') {
    const { quietMinutes, lastArrivedAt } = alarm
    return lines(
      '🔕 <b>Дислокация не приходит</b>',
      `Отчётов нет уже ${formatDuration(quietMinutes, 'ru')} рабочего времени.`,
      lastArrivedAt ? `Последний пришёл ${moment(lastArrivedAt, zone)}.` : 'Ни одного отчёта ещё не приходило.',
      'Проверьте рассылку железной дороги, папку «Спам» и список отправителей.',
    )
  }
  const since = moment(alarm.failingSince, zone)
  if (alarm.name === 'mailbox-out-of-reach')
    return lines(
      '📭 <b>Почта недоступна</b>',
      `Ящик не читается с ${since}. Попытки продолжаются.`,
      alarm.error === proxyRefusedText
        ? 'Прокси-сервер не принимает логин или пароль: проверьте MAIL_PROXY и перезапустите ingester.'
        : undefined,
      errorLine(alarm.error),
    )
  return lines(
    '🔑 <b>Почтовый сервер не принимает пароль</b>',
    `Ящик не читается с ${since}. Вероятно, отозван пароль приложения: так бывает после смены пароля учётной записи или выхода на всех устройствах.`,
    'Создайте новый пароль приложения, запишите его в IMAP_PASS и перезапустите ingester. Чтобы сервер не заблокировал ящик, сама программа попробует войти только через час.',
    errorLine(alarm.error),
  )
}

/** What the admins read when the trouble is over, Telegram HTML. */
export function recoveryText(recovery: FeedRecovery, zone: string): string {
  if (recovery.name === 'dislocation-silent')
    return `✅ Дислокация снова приходит: последний отчёт ${moment(recovery.lastArrivedAt, zone)}.`
  if (recovery.name === 'mailbox-out-of-reach') return '✅ Почта снова читается.'
  return '✅ Почтовый сервер снова принимает пароль, почта читается.'
}

function moment(at: Date, zone: string): string {
  return `${formatWall(toWall(at, zone))} ${zoneLabel(zone, at)}`
}

function errorLine(error: string | undefined): string | undefined {
  return error === undefined ? undefined : `Ответ: <code>${escapeHtml(error)}</code>`
}

function lines(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join('\n')
}
