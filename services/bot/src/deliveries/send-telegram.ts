import { setTimeout as delay } from 'node:timers/promises'
import { type Db, deliveries, people } from '@atermtrack/data'
import { type Handler, JobDelayed, QueuePaused } from '@atermtrack/queue'
import { createByteRoom } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'
import { classifyRefusal } from './classify-refusal.ts'
import { createDepartures } from './departures.ts'
import { createRefusalWatch, type RefusalWatch } from './refusal-watch.ts'
import { isSilent } from './is-silent.ts'
import { type Manner, NothingToSend, transmit } from './transmit.ts'

export interface SendTelegramOptions {
  readonly db: Db
  readonly api: TelegramApi
  /** Names this process; no two processes share it. */
  readonly holder: string
  /** Zone of quiet hours for whoever has chosen none. */
  readonly scheduleZone: string
  readonly now?: () => Date
}

interface Sending extends SendTelegramOptions {
  readonly delivery: deliveries.ClaimedDelivery
  readonly chatId: number
  readonly watch: RefusalWatch
  readonly turn: () => Promise<void>
  readonly logger: Logger
}

/** 25 calls a second. */
const spacingMs = 40
const longestBackoffMs = 120_000
/** With the back-off above, about a day without any way to Telegram. */
const mostAttempts = 720
/** Of files that leave side by side: a line of 12 Mbit/s carries each within the time-out of its call. */
const mostUploadBytes = 96 * 1024 * 1024
const refusedLastMs = 1_000
const tokenPauseMs = 60_000
const recordingDelaysMs = [200, 1_000, 3_000, 6_000]

/**
 * Handles `send-telegram`: claims a row of the ledger, makes one call, and writes down how it ended. What surely did not leave
 * comes again, what may have left is `unknown` and waits for a person.
 */
export function createSendTelegram(options: SendTelegramOptions): Handler<{ readonly deliveryId: number }> {
  const watch = createRefusalWatch()
  const turn = createDepartures(spacingMs)
  const uploads = createByteRoom(mostUploadBytes)
  return async ({ deliveryId }, context) => {
    const logger = context.logger.child({ deliveryId })
    const pauseMs = watch.restMs(Date.now())
    if (pauseMs > 0) throw new QueuePaused(pauseMs)
    using place = uploads.open()
    const { admit } = place
    const claim = await deliveries.claim(options.db, deliveryId, { holder: options.holder, turn, admit })
    if (claim.kind === 'paused') throw new QueuePaused(claim.pauseMs)
    if (claim.kind === 'in_flight' || claim.kind === 'not_before') throw new JobDelayed(claim.delayMs)
    if (claim.kind !== 'claimed') {
      logger.info({ claim }, 'nothing to send')
      return
    }
    const { delivery } = claim
    if (delivery.chatId === undefined) throw new Error('a delivery of another channel came to the telegram queue')
    await send({ ...options, delivery, chatId: delivery.chatId, watch, turn, logger })
  }
}

async function send(sending: Sending): Promise<void> {
  const pauseMs = sending.watch.restMs(Date.now())
  if (pauseMs > 0) {
    await settle(sending, { status: 'told_to_wait', afterMs: pauseMs })
    throw new QueuePaused(pauseMs)
  }
  try {
    const sent = await transmit(sending, sending.delivery, mannerOf(sending, 'html'))
    await settle(sending, { status: 'sent', ...sent })
  } catch (error) {
    await afterError(sending, error)
  }
}

function mannerOf({ delivery, scheduleZone, now = () => new Date() }: Sending, format: Manner['format']): Manner {
  return { format, isSilent: isSilent(delivery, scheduleZone, now()) }
}

async function afterError(sending: Sending, error: unknown): Promise<void> {
  if (error instanceof TelegramRefusal) return afterRefusal(sending, error)
  if (error instanceof NothingToSend) return settle(sending, { status: 'failed', error: error.message })
  if (!(error instanceof TelegramUnreachable)) throw error
  const { logger, delivery } = sending
  if (error.maybeDelivered) {
    logger.warn({ err: error }, 'nobody knows whether the delivery arrived')
    return settle(sending, { status: 'unknown', error: error.message })
  }
  if (delivery.attempts >= mostAttempts) return settle(sending, { status: 'failed', error: error.message })
  const afterMs = Math.min(1_000 * 2 ** Math.min(delivery.attempts, 10), longestBackoffMs)
  await settle(sending, { status: 'retry', afterMs, error: error.message })
  throw new JobDelayed(afterMs)
}

async function afterRefusal(sending: Sending, refusal: TelegramRefusal): Promise<void> {
  const { delivery, logger } = sending
  const { code, description: error } = refusal
  const meaning = classifyRefusal(refusal)
  switch (meaning.kind) {
    case 'wait':
      return wait(sending, meaning.ms)
    case 'moved':
      return move(sending, meaning.chatId)
    case 'blocked':
      logger.info({ err: refusal }, 'the chat takes nothing from us')
      return block(sending, refusal)
    case 'markup':
      logger.error({ err: refusal }, 'our own markup is broken, sending plain text')
      return sendPlain(sending)
    case 'file_forgotten':
      // Of a file that was just uploaded it makes no sense, and would go on for ever.
      if (delivery.document?.telegramFileId === undefined) return settle(sending, { status: 'failed', code, error })
      await settle(sending, { status: 'file_forgotten' })
      throw new JobDelayed(0)
    case 'token_refused':
      logger.fatal({ err: refusal }, 'telegram does not know our token')
      await pauseAll(sending, tokenPauseMs)
      await settle(sending, { status: 'told_to_wait', afterMs: tokenPauseMs })
      throw new QueuePaused(tokenPauseMs)
    case 'unknown':
      logger.warn({ err: refusal }, 'nobody knows whether the delivery arrived')
      return settle(sending, { status: 'unknown', code, error })
    case 'failed':
      logger.error({ err: refusal }, 'telegram refused a delivery')
      return settle(sending, { status: 'failed', code, error })
  }
}

async function wait(sending: Sending, waitMs: number): Promise<never> {
  const { chatId, watch, logger } = sending
  const all = watch.concernsAll({ chatId, atMs: Date.now(), waitMs })
  logger.warn({ chatId, waitMs, all }, 'telegram wants us to wait')
  if (all) await pauseAll(sending, waitMs)
  // Whoever is refused time and again must not go first each time, or nobody else would ever have a turn.
  await settle(sending, { status: 'told_to_wait', afterMs: all ? waitMs + refusedLastMs : waitMs })
  throw all ? new QueuePaused(waitMs) : new JobDelayed(waitMs)
}

/** First of all for other processes, which hold deliveries too; this one knows by itself. */
async function pauseAll({ db, logger }: Sending, ms: number): Promise<void> {
  await deliveries
    .pauseAll(db, ms)
    .catch((error: unknown) => logger.warn({ err: error }, 'other copies could not be told to wait'))
}

async function sendPlain(sending: Sending): Promise<void> {
  const { db, delivery, api, holder } = sending
  // Another call, so another time-out until the row counts as cut.
  if (!(await deliveries.prolong(db, delivery.id, { holder }))) return
  await sending.turn()
  try {
    await settle(sending, { status: 'sent', ...(await transmit({ api, db }, delivery, mannerOf(sending, 'plain'))) })
  } catch (error) {
    if (!(error instanceof TelegramRefusal) || classifyRefusal(error).kind !== 'markup')
      return afterError(sending, error)
    await settle(sending, { status: 'failed', code: error.code, error: error.description })
  }
}

async function block(sending: Sending, { code, description }: TelegramRefusal): Promise<void> {
  const { db, chatId } = sending
  await settle(sending, { status: 'blocked', code, error: description })
  if (chatId > 0) await people.markUnreachable(db, chatId, description)
}

async function move(sending: Sending, chatId: number): Promise<void> {
  await settle(sending, { status: 'told_to_wait', afterMs: 0 })
  await deliveries.moveToChat(sending.db, sending.chatId, chatId)
  sending.logger.info({ from: sending.chatId, to: chatId }, 'a group has a new id')
  throw new JobDelayed(0)
}

/** Tries for about 10 s: an outcome that is not written down makes an unknown delivery of one that we know all about. */
async function settle({ db, delivery, holder, logger }: Sending, outcome: deliveries.Outcome): Promise<void> {
  for (const pauseMs of [...recordingDelaysMs, undefined]) {
    try {
      const held = await deliveries.settle(db, delivery.id, outcome, { holder })
      return logger[held ? 'info' : 'warn']({ outcome: outcome.status, kind: delivery.kind, held }, 'delivery settled')
    } catch (error) {
      if (pauseMs === undefined) throw error
      logger.warn({ err: error, outcome: outcome.status }, 'the outcome could not be written down yet')
      await delay(pauseMs)
    }
  }
}
