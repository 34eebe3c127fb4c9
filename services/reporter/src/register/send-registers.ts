import { deliveries, lateRegister } from '@atermtrack/data'
import { type AccessPolicy, claimsToWarnOf, registerMonthDue, toWall } from '@atermtrack/domain'
import { aboutRegister, languageOf, lateRegisterTexts as texts, notice } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import { buildReport, deliveryPriority, type Handler, sendTelegram } from '@atermtrack/queue'
import { findBetween } from './find-register.ts'

export interface SendRegistersDependencies extends Outbox {
  readonly policy: AccessPolicy
  readonly sourceZone: string
  readonly scheduleZone: string
  readonly claimDays: number
}

type Reader = lateRegister.RegisterReader

const batchSize = 100
/** Waybills that a warning names. */
const mostNamed = 10
const dayMs = 86_400_000

/**
 * Sends the register of the month before to who wants it, once from 9:00 of the first day on, and warns who wants it of claims whose
 * period ends. Any number of processes may run it at once.
 */
export function createSendRegisters(dependencies: SendRegistersDependencies): Handler<object> {
  return async (_payload, { logger, signal }) => {
    for (let after = 0; ;) {
      signal.throwIfAborted()
      const { policy, db } = dependencies
      const readers = await lateRegister.listReaders(db, { after, limit: batchSize, policy })
      for (const reader of readers) {
        if (reader.access.kind !== 'allowed') continue
        // One reader must not keep the others waiting.
        await sendMonth(dependencies, reader).catch((error: unknown) => {
          logger.error({ err: error, personId: reader.personId }, 'a register is not sent')
        })
        await warn(dependencies, reader).catch((error: unknown) => {
          logger.error({ err: error, personId: reader.personId }, 'a warning of claims is not sent')
        })
      }
      after = readers.at(-1)?.personId ?? after
      if (readers.length < batchSize) return
    }
  }
}

async function sendMonth(dependencies: SendRegistersDependencies, reader: Reader): Promise<void> {
  const { personId, chatId, isMonthly, zone = dependencies.scheduleZone, sentMonth, now } = reader
  const month = isMonthly ? registerMonthDue({ now, zone, sentMonth }) : undefined
  if (month === undefined) return
  const language = languageOf(reader.language)
  await transact(dependencies, async (tx) => {
    if (!(await lateRegister.claimMonth(tx, personId, month))) return
    const name = texts[language].heading(aboutRegister({ month }, language))
    const { id: reportId } = await lateRegister.insertPlanned(tx, { personId, chatId, name, month })
    tx.enqueue(buildReport, { reportId })
  })
}

async function warn(dependencies: SendRegistersDependencies, reader: Reader): Promise<void> {
  const { db, sourceZone: zone, claimDays } = dependencies
  const { personId, chatId, isWarned, warnedUntil, now, access } = reader
  const ends = isWarned ? claimsToWarnOf({ now, warnedUntil }) : undefined
  if (!ends || access.kind !== 'allowed') return
  const toArrival = (end: Date) => new Date(end.getTime() - claimDays * dayMs)
  const range = { from: toArrival(ends.from), until: toArrival(ends.until) }
  const { late } = await findBetween(db, { range }, { scope: access.scope, zone, claimDays })
  const dayOf = (moment: Date) => toWall(moment, zone).slice(0, 10)
  const rows = late
    .flatMap(({ waybill, days, claimUntil, arrivedAt }) =>
      claimUntil && arrivedAt ? [{ waybill: waybill ?? null, days, until: dayOf(claimUntil), arrivedAt }] : [],
    )
    .toSorted((a, b) => a.until.localeCompare(b.until) || b.days - a.days)
  await transact(dependencies, async (tx) => {
    if (!(await lateRegister.claimWarning(tx, personId, { from: warnedUntil, until: ends.until }))) return
    const [first] = rows
    if (!first) return
    const content = notice('claims_end', {
      count: rows.length,
      waybills: rows.slice(0, mostNamed),
      lastDay: rows.at(-1)?.until ?? first.until,
      month: `${dayOf(first.arrivedAt).slice(0, 8)}01`,
    })
    const { id } = await deliveries.insertMessage(tx, { kind: 'alert', chatId, personId, notice: content })
    tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
  })
}
