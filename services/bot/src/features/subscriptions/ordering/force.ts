import {
  forcedSlots,
  type ForcedSubscription,
  slotReports,
  subscriberReports,
  subscriptionItems,
} from '@atermtrack/data'
import { type AccessPolicy, type Slot, slotsBetween } from '@atermtrack/domain'
import { escapeHtml, inEachLanguage, subscriptionsTexts as texts } from '@atermtrack/messages'
import { buildReport } from '@atermtrack/queue'
import { answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { Feature } from '../../../routing/feature.ts'
import { textOf } from '../../../routing/view.ts'
import * as actions from './force-actions.ts'
import { forceConfirmStep, forceIdsStep } from '../steps.ts'

const batchSize = 500
const mostIds = 200
/** With all names at their longest they stay within one message. */
const mostNamed = 30
const longestName = 40
/** A slot that lies further back is not sent any more. */
const longestAgoMs = 8 * 86_400_000

/**
 * Lets admins send the reports of the last slot now, to one subscription, to some or to all, with a confirmation. A slot whose report
 * was sent or waits is not sent again: its row is the only one.
 */
export function createForcedReports({ policy }: { readonly policy: AccessPolicy }): Feature {
  return {
    name: 'forced reports',
    right: 'force_reports',
    declares: [...Object.values(actions), forceIdsStep, forceConfirmStep],
    commands: [
      {
        name: 'force_reports',
        description: inEachLanguage(texts, (words) => words.force.command),
        handle: (ctx) => offer(ctx, policy),
      },
    ],
    actions: [
      actions.askToForceAll.handle((ctx) => askToConfirm(ctx, policy, undefined)),
      actions.typeForced.handle(async (ctx) => {
        await ctx.saveDialog(forceIdsStep, {})
        await askIds(ctx)
      }),
      actions.forceReports.handle((ctx) => force(ctx, policy)),
    ],
    dialogs: [
      forceIdsStep.handle((ctx) => acceptIds(ctx, policy)),
      forceConfirmStep.handle((ctx) => askToConfirm(ctx, policy, readConfirmed(ctx)?.ids)),
    ],
  }
}

async function offer(ctx: BotContext, policy: AccessPolicy): Promise<void> {
  const { force: words } = texts[ctx.language]
  const { total } = await forcedSlots.list(ctx.tx, { policy, after: 0, limit: 1 })
  if (total === 0) return ctx.say(words.nobody)
  ctx.say(words.title(total), {
    keyboard: {
      inline_keyboard: [[actions.askToForceAll.button(words.all(total)), actions.typeForced.button(words.some)]],
    },
  })
}

/** Names the numbers, which stand nowhere else in the chat. */
async function askIds(ctx: BotContext): Promise<void> {
  const { force: words } = texts[ctx.language]
  const rows = await subscriberReports.listSubscribed(ctx.tx, { limit: mostNamed + 1 })
  const lines = rows
    .slice(0, mostNamed)
    .map(({ subscriptionId, ownerName, name }) =>
      words.numbered(subscriptionId, escapeHtml(ownerName, longestName), escapeHtml(name, longestName)),
    )
  ctx.say([words.askIds, '', ...lines, ...(rows.length > mostNamed ? [words.moreNumbers] : [])].join('\n'))
}

async function acceptIds(ctx: BotContext, policy: AccessPolicy): Promise<void> {
  const numbers = textOf(ctx)
    .split(/[\s,;№#]+/)
    .filter(Boolean)
  const ids = numbers.map(Number)
  const isRead = ids.length > 0 && ids.length <= mostIds && ids.every((id) => Number.isSafeInteger(id) && id > 0)
  return isRead ? askToConfirm(ctx, policy, ids) : ctx.say(texts[ctx.language].force.badIds)
}

/** Without ids it is about all of them. */
async function askToConfirm(ctx: BotContext, policy: AccessPolicy, ids: readonly number[] | undefined): Promise<void> {
  const { force: words, drop } = texts[ctx.language]
  const only = ids && { only: ids }
  const { total } = await forcedSlots.list(ctx.tx, { policy, ...only, after: 0, limit: 1 })
  if (total === 0) return ctx.say(words.none)
  await ctx.saveDialog(forceConfirmStep, ids === undefined ? {} : { ids: [...ids] })
  ctx.say(`${words.confirm(total)}\n${drop}: /cancel`, {
    keyboard: { inline_keyboard: [[actions.forceReports.button(words.yes)]] },
  })
}

function readConfirmed({ dialog }: BotContext) {
  return dialog?.expired ? undefined : forceConfirmStep.read(dialog?.state)
}

async function force(ctx: BotContext, policy: AccessPolicy): Promise<void> {
  const confirmed = readConfirmed(ctx)
  if (!confirmed) return answerOutdated(ctx)
  await ctx.leaveDialog()
  let [asked, sent, after] = [0, 0, 0]
  for (;;) {
    const only = confirmed.ids && { only: confirmed.ids }
    const { rows } = await forcedSlots.list(ctx.tx, { policy, ...only, after, limit: batchSize })
    asked += rows.length
    sent += await forceBatch(ctx, rows)
    after = rows.at(-1)?.id ?? 0
    if (rows.length < batchSize) break
  }
  ctx.edit(texts[ctx.language].force.done(sent, asked))
}

/** Returns how many reports are to be built. */
async function forceBatch({ tx, now }: BotContext, rows: readonly ForcedSubscription[]): Promise<number> {
  const lists = rows.filter(({ subject }) => subject === 'containers').map(({ id }) => id)
  const containers = await subscriptionItems.listContainers(tx, lists)
  const slots = rows.flatMap(({ id: subscriptionId, personId, chatId, name, ...schedule }) => {
    const { weekdays, zone } = schedule
    const from = new Date(now.getTime() - longestAgoMs)
    const last = slotsBetween({ slots: schedule.slots as readonly Slot[], weekdays, zone, from, until: now }).at(-1)
    const listed = containers.get(subscriptionId) ?? []
    return last ? [{ subscriptionId, personId, chatId, name, containers: listed, ...last, late: true }] : []
  })
  const forced = await slotReports.forceSlots(tx, slots)
  for (const { id } of forced) tx.enqueue(buildReport, { reportId: id })
  return forced.length
}
