import { audit, broadcasts, deliveries, emailAddresses, positions, subscriberReports } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import {
  checksTexts as texts,
  formatDateStamp,
  inEachLanguage,
  type Language,
  notice,
  renderNotice,
} from '@atermtrack/messages'
import { enqueueDeliveries } from '@atermtrack/outbox'
import { buildReport } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'
import { type Feature, withRight } from '../../routing/feature.ts'
import { say, type View } from '../../routing/view.ts'
import { panelOf } from '../broadcast/draft.ts'
import { record } from '../broadcast/guarded.ts'
import { rehearse } from '../subscriptions/ordering/on-demand.ts'
import { openList } from '../workbooks/actions.ts'
import * as actions from './actions.ts'

export interface ChecksOptions {
  readonly policy: AccessPolicy
  /** False without a mail server. */
  readonly isEmailOn: boolean
  readonly zone: string
  /** Zone of the railway's times. */
  readonly sourceZone: string
}

/** Lets an admin try every way on which something leaves, so that nobody but admins gets it. */
export function createChecks(options: ChecksOptions): Feature {
  return {
    name: 'checks',
    right: 'inspect_health',
    declares: Object.values(actions),
    commands: [
      {
        name: 'checks',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, menuView(ctx.language)),
      },
    ],
    actions: [
      actions.mailMyself.handle((ctx) => mailMyself(ctx, options)),
      actions.alertMyself.handle((ctx) => alertMyself(ctx, options)),
      ...withRight('keep_own', [actions.rehearseOwn.handle(rehearse)]),
      ...withRight('export_data', [actions.orderSubscribers.handle((ctx) => orderSubscribers(ctx, options))]),
      ...withRight('broadcast', [actions.writeToAdmins.handle((ctx) => draftToAdmins(ctx, options))]),
    ],
  }
}

function menuView(language: Language): View {
  const words = texts[language]
  return {
    html: words.title,
    keyboard: {
      inline_keyboard: [
        [actions.mailMyself.button(words.buttons.mail)],
        [actions.alertMyself.button(words.buttons.alert)],
        [actions.rehearseOwn.button(words.buttons.report)],
        [actions.orderSubscribers.button(words.buttons.subscribers)],
        [actions.writeToAdmins.button(words.buttons.broadcast)],
        [openList.button(words.buttons.replay, { list: 'files' })],
      ],
    },
  }
}

/** Goes the whole way: through the ledger and the reporter. */
async function mailMyself(ctx: BotContext, { isEmailOn, zone }: ChecksOptions): Promise<void> {
  const { tx, person, language, now } = ctx
  const words = texts[language]
  if (!isEmailOn) return ctx.toast(words.mailIsOff)
  const addresses = await emailAddresses.listReceiving(tx, person.id)
  if (addresses.length === 0) return ctx.toast(words.noAddress)
  const text = words.mailText(formatDateStamp(now, { language, zone: person.zone ?? zone, now }))
  for (const { id: emailAddressId } of addresses) {
    const mail = { kind: 'alert', emailAddressId, personId: person.id, subject: words.mailSubject, text } as const
    const { id } = await deliveries.insertEmail(tx, mail)
    enqueueDeliveries(tx, [{ id, channel: 'email', kind: 'alert' }])
  }
  ctx.toast(words.mailed(addresses.length))
}

/** The reporter builds it, and it comes to the presser alone. */
async function orderSubscribers(ctx: BotContext, { zone }: ChecksOptions): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const words = texts[language]
  const [first] = await subscriberReports.listSubscribed(tx, { limit: 1 })
  if (!first) return ctx.toast(words.noSubscribers)
  const ask = { personId: person.id, chatId: person.telegramId, updateId, name: words.subscribersName }
  const { id: reportId } = await subscriberReports.insertAsked(tx, { ...ask, zone: person.zone ?? zone })
  tx.enqueue(buildReport, { reportId })
  await audit.insert(tx, { ...ctx.actor, action: 'export.ordered', object: 'export:subscriber_reports' })
  ctx.toast(words.subscribersOrdered)
}

/** An event of the container that has moved last, as its followers would read it, marked as a test. */
async function alertMyself(ctx: BotContext, { sourceZone, zone: scheduleZone }: ChecksOptions): Promise<void> {
  const { tx, person, language, now } = ctx
  const words = texts[language]
  const [container = words.exampleContainer] = await positions.listMovedLast(tx, 1)
  const events = { kind: 'abandoned', station: words.exampleStation, count: 1, containers: [container] } as const
  const example = notice('event_alert', {
    alertId: 1,
    zone: sourceZone,
    events: { ...events, firstAt: now, lastAt: now },
  })
  const rendered = renderNotice(example, {
    language,
    zone: person.zone ?? scheduleZone,
    chosenZone: person.zone ?? undefined,
    now,
  })
  // Without its buttons: there is no such alert.
  const text = rendered.kind === 'rendered' ? rendered.html : rendered.reason
  const { id } = await deliveries.insertMessage(tx, {
    kind: 'alert',
    audience: 'admin',
    chatId: person.telegramId,
    personId: person.id,
    text: `${words.mark}\n\n${text}`,
  })
  enqueueDeliveries(tx, [{ id, channel: 'telegram', kind: 'alert' }])
  ctx.toast(words.alerted)
}

/** A draft like any other, whose audience is admins: it leaves when it is confirmed. */
async function draftToAdmins(ctx: BotContext, options: ChecksOptions): Promise<void> {
  const { tx, person, updateId, language, chat, now } = ctx
  if (!chat) return
  const text = `${texts[language].mark}\n${texts[language].broadcastText(formatDateStamp(now, { language, zone: person.zone ?? options.zone, now }))}`
  const content = { method: 'sendMessage', payload: { text } } as const
  const draft = { authorId: person.id, chatId: chat.id, text, content, updateId }
  const { id } = await broadcasts.insertDraft(tx, draft)
  await broadcasts.changeDraft(tx, id, { audience: { kind: 'role', role: 'admin' } })
  await record(ctx, id, 'composed', { method: content.method })
  ctx.answer(content.method, { chat_id: chat.id, ...content.payload })
  const stored = await broadcasts.find(tx, id)
  if (stored) say(ctx, await panelOf(ctx, stored, options))
}
