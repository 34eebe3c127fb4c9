import {
  alertDeliveries,
  alertReaders,
  alerts,
  type DueAlert,
  dueAlerts,
  deliveries,
  eventRouting,
  type EventOfAlert,
  type ReaderOfAlerts,
} from '@atermtrack/data'
import { type AccessPolicy, groupBy, scopeKey } from '@atermtrack/domain'
import { enqueueDeliveries, type Tx } from '@atermtrack/outbox'
import { composeAlert, type PresentOfContainer } from './compose-alert.ts'
import { type AlertDecision, decideAlert, type DecisionFacts } from './decide-alert.ts'
import { lookUpPresent, type PresentSettings } from './present-of.ts'

/** Messages per transaction. */
const batchSize = 250

export interface TellingSettings
  extends PresentSettings, Pick<DecisionFacts, 'mostPerHour' | 'forecastMovedHours' | 'scheduleZone' | 'emailIsOn'> {
  readonly policy: AccessPolicy
}

interface Decided {
  readonly alert: DueAlert
  readonly decision: AlertDecision
  readonly reader: ReaderOfAlerts | undefined
}

/** Writes the messages that are due into the ledger, as they are to be read now. Returns how many were due; 0 when there are none left. */
export async function tellAlerts(tx: Tx, settings: TellingSettings): Promise<number> {
  await eventRouting.lockRouting(tx)
  const due = await dueAlerts.claim(tx, { limit: batchSize })
  if (due.length === 0) return 0
  // Before anything moves: what moves to a message of this batch makes it due again.
  await dueAlerts.clearDue(
    tx,
    due.map(({ id }) => id),
  )
  const decided = await decideAll(tx, due, settings)
  await moveAll(tx, decided)
  const described = await writeAll(tx, decided, settings)
  await alertDeliveries.cancelWaiting(
    tx,
    decided.flatMap(({ alert, decision }) => (decision.kind === 'cancel' ? [alert.id] : [])),
  )
  await alerts.recordEndings(
    tx,
    decided.flatMap(({ decision }) => decision.endings),
  )
  await dueAlerts.markReported(tx, described)
  return due.length
}

async function decideAll(tx: Tx, due: readonly DueAlert[], settings: TellingSettings): Promise<readonly Decided[]> {
  const alertIds = due.map(({ id }) => id)
  const chatIds = [...new Set(due.map(({ chatId }) => chatId))]
  const events = groupBy(await dueAlerts.listEvents(tx, { alertIds, chatIds }), ({ chatId }) => chatId)
  const found = await listReaders(tx, due, settings.policy)
  const readers = new Map(found.map((reader) => [alertReaders.readerKey(reader), reader]))
  const scopes = found.flatMap(({ access }) => (access.kind === 'allowed' ? [access.scope] : []))
  const containers = new Set([...events.values()].flat().map(({ container }) => container))
  const sees = await alertReaders.lookUpVisible(tx, scopes, [...containers])
  const left = await alertDeliveries.listLeft(tx, alertIds)
  const counts = new Map(await dueAlerts.countMessagesThisHour(tx, chatIds))
  return due.map((alert) => {
    const reader = readers.get(alertReaders.readerKey(alert))
    const messagesThisHour = counts.get(alert.chatId) ?? 0
    const ofChat = events.get(alert.chatId) ?? []
    const decision = decideAlert(alert, {
      ...settings,
      reader,
      events: ofChat,
      sees,
      messagesThisHour,
      hasLeft: left.has(alert.id),
    })
    if (decision.kind === 'tell' && !alert.isReported) counts.set(alert.chatId, messagesThisHour + 1)
    return { alert, decision, reader }
  })
}

async function listReaders(tx: Tx, due: readonly DueAlert[], policy: AccessPolicy): Promise<readonly ReaderOfAlerts[]> {
  const people = due.flatMap(({ chatId, personId }) => (chatId > 0 ? [personId] : []))
  const groups = due.filter(({ chatId }) => chatId < 0)
  return [
    ...(await alertReaders.listReaders(tx, people, policy)),
    ...(await alertReaders.listGroupReaders(tx, groups, policy)),
  ]
}

async function moveAll(tx: Tx, decided: readonly Decided[]): Promise<void> {
  const moves = decided.flatMap(({ alert, decision }) =>
    decision.kind === 'move' ? [{ from: alert.id, to: decision.to }] : [],
  )
  if (moves.length === 0) return
  const targets = new Map(moves.map(({ to }) => [`${to.chatId} ${to.topic}`, to]))
  const alertIdOf = await alerts.open(tx, [...targets.values()])
  await alerts.moveWaiting(
    tx,
    moves.map(({ from, to }) => ({ from, to: alertIdOf(to) })),
  )
}

type Telling = Extract<AlertDecision, { readonly kind: 'tell' | 'mail' }>

/** Returns the messages that their readers get. */
async function writeAll(tx: Tx, decided: readonly Decided[], settings: TellingSettings): Promise<readonly number[]> {
  const telling = decided.flatMap(({ alert, decision, reader }) =>
    reader && (decision.kind === 'tell' || decision.kind === 'mail') ? [{ alert, decision, reader }] : [],
  )
  const presentOf = await lookUpPresent(
    tx,
    telling.flatMap(({ decision }) => containersOf(decision)),
    settings,
  )
  const composed = telling.flatMap((one) => toContent(one, presentOf, settings) ?? [])
  const written = await alertDeliveries.upsertAll(
    tx,
    composed.filter(({ channel }) => channel === 'tell'),
  )
  enqueueDeliveries(tx, written)
  for (const { channel, notice, personId, emailAddressId, trace } of composed) {
    if (channel !== 'mail' || emailAddressId === null) continue
    const { id } = await deliveries.insertEmail(tx, { kind: 'alert', notice, emailAddressId, personId })
    enqueueDeliveries(tx, [{ id, channel: 'email', kind: 'alert', trace }])
  }
  return composed.map(({ alertId }) => alertId)
}

function toContent(
  {
    alert,
    decision,
    reader,
  }: { readonly alert: DueAlert; readonly decision: Telling; readonly reader: ReaderOfAlerts },
  presentOf: (container: string) => PresentOfContainer | undefined,
  { sourceZone }: TellingSettings,
) {
  const { shown, corrected } = decision
  const notice = composeAlert({ alert, shown, corrected, presentOf, sourceZone })
  if (!notice || reader.access.kind !== 'allowed') return undefined
  return {
    channel: decision.kind,
    alertId: alert.id,
    personId: alert.personId,
    chatId: alert.chatId,
    threadId: alert.threadId,
    emailAddressId: reader.emailAddressId,
    notice,
    builtFor: scopeKey(reader.access.scope),
    isEdit: alert.isReported,
    trace: alert.trace,
  }
}

function containersOf({ shown, corrected }: Telling): readonly string[] {
  return [...shown, ...corrected].map(({ container }: EventOfAlert) => container)
}
