import { setTimeout as delay } from 'node:timers/promises'
import { type Db, deliveries, people, telegramGate } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { type Handler, JobDelayed, QueuePaused } from '@atermtrack/queue'
import { backoffMs, createByteRoom, createRateLimiter, createWindowLimiter, metrics } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'
import { classifyRefusal, type RefusalMeaning } from './classify-refusal.ts'
import { contentOf } from './content-of.ts'
import { isSilent } from './is-silent.ts'
import { textWithNotes } from './notes.ts'
import { createOpenCalls, type OpenCall } from './open-calls.ts'
import { recallMessage } from './recall-message.ts'
import type { SendingHealth } from './sending-health.ts'
import { type SendOptions, NothingToSend, type Transmitted, transmit } from './transmit.ts'

export interface SendTelegramOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly health: SendingHealth
  readonly policy: AccessPolicy
  /** Names this process; no two processes share it. */
  readonly holder: string
  /** Zone of quiet hours and of times for people who have chosen none. */
  readonly scheduleZone: string
  readonly now?: () => Date
}

/** A claimed delivery with its text and keyboard. */
type Ready = Omit<deliveries.ClaimedDelivery, 'markup'> & { readonly markup?: unknown; readonly isSilent?: boolean }

interface Sending extends SendTelegramOptions {
  readonly delivery: Ready
  readonly chatId: number
  readonly call: OpenCall
  readonly turn: () => Promise<void>
  /** Waited for just before the call. */
  readonly window: () => Promise<void>
  readonly logger: Logger
}

/** 25 calls a second. */
const spacingMs = 40
/** The statements between the turn of a delivery and its call take now more time, now less; on their way calls may come 10 ms closer. */
const mostInWindow = 25
const windowMs = 1_010
/** Enough for the full pace where Telegram answers within half a second. */
const mostWithoutAnswer = 16
const silenceMs = 1_000
/** Each upload lasts up to a minute; the other calls are for messages without a file. */
const mostUploads = 6
const longestBackoffMs = 120_000
/** With the back-off above, about a day without any way to Telegram. */
const mostAttempts = 720
/** The limit for concurrent uploads: a line of 12 Mbit/s carries each within the time-out of its call. */
const mostUploadBytes = 96 * 1024 * 1024
const refusedLastMs = 1_000
/** Interval at which a paused queue checks whether the pause still holds. */
const recheckMs = 15_000
const repeatAfterMs = 15_000
const tokenPauseMs = 60_000
const recordingDelaysMs = [200, 1_000, 3_000, 6_000]

/**
 * Handles `send-telegram`: claims a row of the ledger, makes one call, and records its outcome. A delivery that surely did not
 * leave is tried again. One that may have left becomes `unknown` and waits for a person; an alert is repeated instead.
 */
export function createSendTelegram(options: SendTelegramOptions): Handler<{ readonly deliveryId: number }> {
  const turn = createRateLimiter(spacingMs)
  const window = createWindowLimiter(mostInWindow, windowMs)
  const openCalls = createOpenCalls(mostWithoutAnswer, () => performance.now())
  const uploads = createByteRoom(mostUploadBytes, { mostFiles: mostUploads })
  return async ({ deliveryId }, context) => {
    const logger = context.logger.child({ deliveryId })
    const call = openCalls.begin()
    if (!call) throw new JobDelayed(silenceMs)
    using upload = uploads.open()
    try {
      const terms = { holder: options.holder, policy: options.policy, turn, admit: upload.admit }
      const claim = await deliveries.claim(options.db, deliveryId, terms)
      if (claim.kind === 'done' && claim.status === 'sent') {
        const calling = async () => turn().then(window)
        if (await recallMessage({ ...options, turn: calling, logger }, deliveryId)) return call.answered()
      }
      const delivery = readClaim(claim, logger)
      if (!delivery) return
      if (delivery.chatId === undefined) throw new Error('a delivery of another channel came to the telegram queue')
      const sending = { ...options, delivery, chatId: delivery.chatId, call, turn, window, logger }
      const content = contentOf(delivery, options.scheduleZone, options.now?.() ?? new Date())
      if (content.kind === 'unknown') await refuse(sending, content.reason)
      else await send({ ...sending, delivery: withNotes({ ...delivery, ...content.message }, options) })
    } finally {
      call.end()
    }
  }
}

function readClaim(claim: deliveries.Claim, logger: Logger): deliveries.ClaimedDelivery | undefined {
  if (claim.kind === 'paused') throw new QueuePaused(Math.min(claim.pauseMs, recheckMs))
  if (claim.kind === 'in_flight' || claim.kind === 'not_before') throw new JobDelayed(claim.delayMs)
  if (claim.kind === 'claimed') return claim.delivery
  logger.info({ claim }, 'nothing to send')
  return undefined
}

function withNotes(delivery: Ready, { scheduleZone, now = () => new Date() }: SendTelegramOptions): Ready {
  return { ...delivery, text: textWithNotes(delivery, scheduleZone, now()) }
}

/** Ends a delivery that this release cannot render, so that those behind it leave; admins find it among those that failed. */
async function refuse(sending: Sending, reason: string): Promise<void> {
  sending.logger.error({ reason }, 'the notice cannot be rendered')
  await recordOutcome(sending, { status: 'failed', error: reason })
  if (sending.delivery.isProbe) await telegramGate.giveUpProbe(sending.db)
}

async function send(sending: Sending): Promise<void> {
  try {
    await sendOnce(sending)
  } finally {
    // A probe with a clear outcome has lost this right already.
    if (sending.delivery.isProbe) await telegramGate.giveUpProbe(sending.db)
  }
}

async function sendOnce(sending: Sending): Promise<void> {
  const { delivery, health, call } = sending
  let sent: Transmitted
  await sending.window()
  try {
    sent = await transmit(sending, delivery, sendOptionsOf(sending, 'html'))
  } catch (error) {
    return afterError(sending, error)
  }
  call.answered()
  await recordOutcome(sending, { status: 'sent', ...sent })
  await health.clear()
}

function sendOptionsOf(
  { delivery, scheduleZone, now = () => new Date() }: Sending,
  format: SendOptions['format'],
): SendOptions {
  return { format, isSilent: isSilent(delivery, scheduleZone, now()) }
}

async function afterError(sending: Sending, error: unknown): Promise<void> {
  if (error instanceof TelegramRefusal) return afterRefusal(sending, error)
  if (error instanceof NothingToSend) return recordOutcome(sending, { status: 'failed', error: error.message })
  if (!(error instanceof TelegramUnreachable)) throw error
  const { delivery } = sending
  if (error.maybeDelivered) return endUnclear(sending, error, { error: error.message })
  if (delivery.attempts >= mostAttempts) return recordOutcome(sending, { status: 'failed', error: error.message })
  const afterMs = backoffMs(delivery.attempts, { longestMs: longestBackoffMs })
  await recordOutcome(sending, { status: 'retry', afterMs, error: error.message })
  throw new JobDelayed(afterMs)
}

/** The row becomes `unknown`, or is sent again as a repeat; the gate closes after several in a row. */
async function endUnclear(
  sending: Sending,
  err: Error,
  details: { readonly error: string; readonly code?: number },
): Promise<void> {
  const { delivery, health, logger } = sending
  logger.warn({ err }, 'it is unknown whether the delivery arrived')
  await health.unclear({ isProbe: delivery.isProbe })
  await recordOutcome(sending, { status: 'unknown', ...details })
  if (delivery.isRepeatable) throw new JobDelayed(repeatAfterMs)
}

async function afterRefusal(sending: Sending, refusal: TelegramRefusal): Promise<void> {
  const meaning = classifyRefusal(refusal)
  const { code, description: error } = refusal
  if (meaning.kind === 'unknown') return endUnclear(sending, refusal, { code, error })
  sending.call.answered()
  if (meaning.kind === 'wait') return wait(sending, meaning.ms)
  if (meaning.kind === 'token_refused') return waitForToken(sending, refusal)
  await sending.health.clear()
  return afterClearRefusal(sending, refusal, meaning)
}

type ClearMeaning = Exclude<RefusalMeaning, { readonly kind: 'unknown' | 'wait' | 'token_refused' }>

async function afterClearRefusal(sending: Sending, refusal: TelegramRefusal, meaning: ClearMeaning): Promise<void> {
  const { delivery, logger } = sending
  const { code, description: error } = refusal
  switch (meaning.kind) {
    case 'moved':
      return move(sending, meaning.chatId)
    case 'blocked':
      logger.info({ err: refusal }, 'the chat accepts no messages from the bot')
      return block(sending, refusal)
    case 'markup':
      logger.error({ err: refusal }, 'our own markup is broken, sending plain text')
      return sendPlain(sending)
    case 'needless':
      return recordOutcome(sending, { status: 'sent' })
    case 'message_gone':
      await recordOutcome(sending, { status: 'message_gone' })
      throw new JobDelayed(0)
    case 'file_forgotten':
      // For a file that was just uploaded this answer makes no sense, and the delivery would repeat for ever.
      if (delivery.document?.telegramFileId === undefined)
        return recordOutcome(sending, { status: 'failed', code, error })
      await recordOutcome(sending, { status: 'file_forgotten' })
      throw new JobDelayed(0)
    case 'failed':
      logger.error({ err: refusal }, 'telegram refused a delivery')
      return recordOutcome(sending, { status: 'failed', code, error })
  }
}

async function wait(sending: Sending, waitMs: number): Promise<never> {
  const { chatId, health } = sending
  const all = await health.refused({ chatId, waitMs })
  // A chat with repeated refusals must not go first each time: the others would never be sent.
  await recordOutcome(sending, { status: 'postponed', afterMs: all ? waitMs + refusedLastMs : waitMs })
  throw new JobDelayed(waitMs)
}

async function waitForToken(sending: Sending, refusal: TelegramRefusal): Promise<never> {
  sending.logger.fatal({ err: refusal }, 'telegram does not know our token')
  await sending.health.pause('token', tokenPauseMs)
  await recordOutcome(sending, { status: 'postponed', afterMs: tokenPauseMs })
  throw new QueuePaused(recheckMs)
}

async function sendPlain(sending: Sending): Promise<void> {
  const { db, delivery, api, holder } = sending
  // Another call gets another time-out until the row counts as interrupted.
  if (!(await deliveries.prolong(db, delivery.id, { holder }))) return
  await sending.turn()
  await sending.window()
  let sent: Transmitted
  try {
    sent = await transmit({ api, db }, delivery, sendOptionsOf(sending, 'plain'))
  } catch (error) {
    if (!(error instanceof TelegramRefusal) || classifyRefusal(error).kind !== 'markup')
      return afterError(sending, error)
    return recordOutcome(sending, { status: 'failed', code: error.code, error: error.description })
  }
  await recordOutcome(sending, { status: 'sent', ...sent })
}

async function block(sending: Sending, { code, description }: TelegramRefusal): Promise<void> {
  const { db, chatId } = sending
  await recordOutcome(sending, { status: 'blocked', code, error: description })
  if (chatId > 0) await people.markUnreachable(db, chatId, description)
}

async function move(sending: Sending, chatId: number): Promise<void> {
  await recordOutcome(sending, { status: 'postponed', afterMs: 0 })
  await deliveries.moveToChat(sending.db, sending.chatId, chatId)
  sending.logger.info({ from: sending.chatId, to: chatId }, 'a group has a new id')
  throw new JobDelayed(0)
}

/** Tries for about 10 s: without a recorded outcome the delivery becomes unknown although its outcome is known. */
async function recordOutcome({ db, delivery, holder, logger }: Sending, outcome: deliveries.Outcome): Promise<void> {
  metrics.deliveries.add({ channel: 'telegram', outcome: outcome.status })
  for (const pauseMs of [...recordingDelaysMs, undefined]) {
    try {
      const held = await deliveries.recordOutcome(db, delivery.id, outcome, { holder })
      return logger[held ? 'info' : 'warn'](
        { outcome: outcome.status, kind: delivery.kind, held },
        'delivery outcome recorded',
      )
    } catch (error) {
      if (pauseMs === undefined) throw error
      logger.warn({ err: error, outcome: outcome.status }, 'the outcome could not be recorded yet')
      await delay(pauseMs)
    }
  }
}
