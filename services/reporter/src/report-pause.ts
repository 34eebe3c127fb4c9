import { adminChats, deliveries, emailAddresses, telegramGate } from '@atermtrack/data'
import { type AccessPolicy, formatWall, type Language, toWall, zoneLabel } from '@atermtrack/domain'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendEmail } from '@atermtrack/queue'
import type { Logger } from 'pino'

export interface ReportPauseDependencies extends Outbox {
  /** Whether a mail server is configured. */
  readonly emailIsOn: boolean
  /** Fixed recipients of the operator's choice. */
  readonly recipients: readonly string[]
  readonly policy: Pick<AccessPolicy, 'adminChatIds'>
  /** Zone of the times in the text. */
  readonly scheduleZone: string
}

/** A shorter pause is over before anybody has read of it. */
const longPauseSeconds = 60

const ru = {
  subject: 'AtermTrack: сообщения в Telegram не отправляются',
  text: (reason: telegramGate.PauseReason, since: string) =>
    `Отправка сообщений в Telegram стоит с ${since}: ${ruReasons[reason]}\n\nСообщения ждут и уйдут сами, когда это закончится.`,
}
const ruReasons = {
  refused: 'Telegram просит подождать (ответ 429 сразу нескольким чатам или всему боту).',
  unclear: 'на несколько отправок подряд не пришло ясного ответа (обрывы связи, ответы 5xx).',
  token: 'Telegram не принимает токен бота.',
}

const en: typeof ru = {
  subject: 'AtermTrack: messages to Telegram are not leaving',
  text: (reason, since) =>
    `Sending to Telegram has been paused since ${since}: ${enReasons[reason]}\n\nThe messages wait and leave by themselves when this is over.`,
}
const enReasons: typeof ruReasons = {
  refused: 'Telegram asks to wait (429 to several chats at once, or to the whole bot).',
  unclear: 'several calls in a row ended without a clear answer (cut connections, 5xx).',
  token: "Telegram does not accept the bot's token.",
}

const texts: Readonly<Record<Language, typeof ru>> = { ru, en }

/**
 * Tells the admins by e-mail that deliveries to Telegram have been paused for a minute, once in each pause: the fixed recipients,
 * and every admin with a proven address. Without a mail server it does nothing.
 */
export function createReportPause(dependencies: ReportPauseDependencies): (logger: Logger) => Promise<void> {
  return async (logger) => {
    if (!dependencies.emailIsOn) return
    const letters = await transact(dependencies, async (tx) => {
      const pause = await telegramGate.takeUnreported(tx, { seconds: longPauseSeconds })
      return pause ? writeLetters(tx, pause, dependencies) : 0
    })
    if (letters > 0) logger.warn({ letters }, 'deliveries are paused, admins are told by e-mail')
  }
}

/** Returns how many letters leave. */
async function writeLetters(
  tx: Tx,
  { reason, since }: telegramGate.Pause,
  { recipients, policy, scheduleZone: zone }: ReportPauseDependencies,
): Promise<number> {
  const when = `${formatWall(toWall(since, zone))} ${zoneLabel(zone, since)}`
  const letterIn = (language: Language) => {
    return { kind: 'alert', subject: texts[language].subject, text: texts[language].text(reason, when) } as const
  }
  let letters = 0
  async function write(letter: Parameters<typeof deliveries.insertEmail>[1]): Promise<void> {
    const { id } = await deliveries.insertEmail(tx, letter)
    tx.enqueue(sendEmail, { deliveryId: id }, { priority: deliveryPriority.alert })
    letters += 1
  }
  for (const address of recipients) await write({ ...letterIn('ru'), audience: 'anybody', address })
  for (const { personId, language } of await adminChats.list(tx, policy.adminChatIds)) {
    const own = personId === undefined ? undefined : await emailAddresses.find(tx, personId)
    if (!own?.verifiedAt || own.bouncedAt || recipients.includes(own.address)) continue
    await write({ ...letterIn(language), audience: 'admin', personId, emailAddressId: own.id })
  }
  return letters
}
