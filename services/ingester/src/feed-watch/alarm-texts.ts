import { escapeHtml, formatDuration, formatWall, type Language, toWall, zoneLabel } from '@atermtrack/domain'
import { proxyRefusedText } from '../mail/imap-mailbox.ts'
import type { FeedAlarm, FeedRecovery } from './decide-alarms.ts'

const ru = {
  silent: 'Дислокация не приходит',
  quiet: (time: string) => `Отчётов нет уже ${time} рабочего времени.`,
  last: (moment: string) => `Последний пришёл ${moment}.`,
  never: 'Ни одного отчёта ещё не приходило.',
  whatToDo: 'Проверьте рассылку железной дороги, папку «Спам» и список отправителей.',
  outOfReach: 'Почта недоступна',
  trying: (since: string) => `Ящик не читается с ${since}. Попытки продолжаются.`,
  proxy: 'Прокси-сервер не принимает логин или пароль: проверьте MAIL_PROXY и перезапустите ingester.',
  loginRefused: 'Почтовый сервер не принимает пароль',
  revoked: (since: string) =>
    `Ящик не читается с ${since}. Вероятно, отозван пароль приложения: так бывает после смены пароля учётной записи или выхода на всех устройствах.`,
  renew:
    'Создайте новый пароль приложения, запишите его в IMAP_PASS и перезапустите ingester. Чтобы сервер не заблокировал ящик, сама программа попробует войти только через час.',
  answer: 'Ответ',
  feedIsBack: (moment: string) => `Дислокация снова приходит: последний отчёт ${moment}.`,
  mailIsBack: 'Почта снова читается.',
  loginIsBack: 'Почтовый сервер снова принимает пароль, почта читается.',
}

const en: typeof ru = {
  silent: 'No dislocation reports',
  quiet: (time) => `There has been none for ${time} of working time.`,
  last: (moment) => `The last one came ${moment}.`,
  never: 'There has never been one.',
  whatToDo: 'See whether the railway still sends them, into the spam folder and at the list of senders.',
  outOfReach: 'The mailbox is out of reach',
  trying: (since) => `It has not been read since ${since}. It is tried again and again.`,
  proxy: 'The proxy refuses the login or password: check MAIL_PROXY and restart the ingester.',
  loginRefused: 'The mail server refuses the password',
  revoked: (since) =>
    `The mailbox has not been read since ${since}. Probably the app password was revoked, as happens when the password of the account is changed or all devices are signed out.`,
  renew:
    'Make a new app password, put it into IMAP_PASS and restart the ingester. Lest the server lock the mailbox, the next try by itself is in an hour.',
  answer: 'Answer',
  feedIsBack: (moment) => `Dislocation reports come again: the last one ${moment}.`,
  mailIsBack: 'The mailbox can be read again.',
  loginIsBack: 'The mail server takes the password again, and the mailbox is read.',
}

const texts: Readonly<Record<Language, typeof ru>> = { ru, en }

/** What an admin reads, Telegram HTML. `zone` is that of the times shown. */
export function alarmText(alarm: FeedAlarm, zone: string, language: Language = 'ru'): string {
  const words = texts[language]
  if (alarm.name === 'dislocation-silent') {
    const { quietMinutes, lastArrivedAt } = alarm
    return lines(
      `🔕 <b>${words.silent}</b>`,
      words.quiet(formatDuration(quietMinutes, language)),
      lastArrivedAt ? words.last(moment(lastArrivedAt, zone)) : words.never,
      words.whatToDo,
    )
  }
  const since = moment(alarm.failingSince, zone)
  const answer = alarm.error === undefined ? undefined : `${words.answer}: <code>${escapeHtml(alarm.error)}</code>`
  if (alarm.name === 'mailbox-out-of-reach')
    return lines(
      `📭 <b>${words.outOfReach}</b>`,
      words.trying(since),
      alarm.error === proxyRefusedText ? words.proxy : undefined,
      answer,
    )
  return lines(`🔑 <b>${words.loginRefused}</b>`, words.revoked(since), words.renew, answer)
}

/** What an admin reads when the trouble is over, Telegram HTML. */
export function recoveryText(recovery: FeedRecovery, zone: string, language: Language = 'ru'): string {
  const words = texts[language]
  if (recovery.name === 'dislocation-silent') return `✅ ${words.feedIsBack(moment(recovery.lastArrivedAt, zone))}`
  return `✅ ${recovery.name === 'mailbox-out-of-reach' ? words.mailIsBack : words.loginIsBack}`
}

function moment(at: Date, zone: string): string {
  return `${formatWall(toWall(at, zone))} ${zoneLabel(zone, at)}`
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((text) => text !== undefined).join('\n')
}
