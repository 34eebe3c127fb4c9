import { audit, broadcasts, deliveries } from '@atermtrack/data'
import { inEachLanguage, unknownDeliveriesTexts as texts } from '@atermtrack/messages'
import { enqueueDeliveries } from '@atermtrack/outbox'
import { expandBroadcast } from '@atermtrack/queue'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import * as actions from './actions.ts'
import { pageSize, unknownView } from './views.ts'

export interface UnknownDeliveriesOptions {
  /** Zone of the times shown. */
  readonly zone: string
}

interface Place {
  readonly broadcastId: number | undefined
  readonly page: number
}

/** Lists unknown and failed deliveries for admins, and sends them again at their request. */
export function createUnknownDeliveries(options: UnknownDeliveriesOptions): Feature {
  const { zone } = options
  return {
    name: 'unknown-deliveries',
    right: 'inspect_deliveries',
    declares: Object.values(actions),
    commands: [
      {
        name: 'unknown',
        description: inEachLanguage(texts, (words) => words.command),
        handle: (ctx) => show(ctx, { broadcastId: undefined, page: 0 }, { zone, way: 'say' }),
      },
    ],
    actions: [
      actions.showUnknown.handle((ctx, { broadcastId }) => show(ctx, { broadcastId, page: 0 }, { zone, way: 'say' })),
      actions.turnUnknownPage.handle((ctx, place) => show(ctx, place, { zone, way: 'edit' })),
      actions.resendDelivery.handle((ctx, { deliveryId, ...place }) => resend(ctx, deliveryId, place, options)),
      actions.resendAll.handle((ctx, { broadcastId }) => resendAll(ctx, broadcastId, options)),
    ],
  }
}

async function show(
  ctx: BotContext,
  { broadcastId, page }: Place,
  { zone, way }: { readonly zone: string; readonly way: 'say' | 'edit' },
): Promise<void> {
  const { tx, language } = ctx
  const counts = await deliveries.countUnresolved(tx, { broadcastId })
  const lastPage = Math.max(0, Math.ceil((counts.unknown + counts.failed) / pageSize) - 1)
  const shown = Math.min(page, lastPage)
  const rows = await deliveries.listUnresolved(tx, { broadcastId, limit: pageSize, offset: shown * pageSize })
  const { html, keyboard } = unknownView({ rows, counts, page: shown, broadcastId }, { language, zone })
  ctx[way](html, { keyboard })
}

async function resend(ctx: BotContext, id: number, place: Place, { zone }: UnknownDeliveriesOptions): Promise<void> {
  const words = texts[ctx.language]
  const queued = await deliveries.resend(ctx.tx, id)
  ctx.toast(queued ? words.resent : words.resentBefore)
  if (queued) {
    await record(ctx, `delivery:${queued.id}`, 1)
    enqueueDeliveries(ctx.tx, [queued])
  }
  await show(ctx, place, { zone, way: 'edit' })
}

async function resendAll(
  ctx: BotContext,
  broadcastId: number | undefined,
  { zone }: UnknownDeliveriesOptions,
): Promise<void> {
  const words = texts[ctx.language]
  if (broadcastId === undefined) return answerOutdated(ctx)
  const count = await broadcasts.resendUnknown(ctx.tx, broadcastId)
  ctx.toast(count > 0 ? words.resent : words.resentBefore)
  if (count > 0) {
    await record(ctx, `broadcast:${broadcastId}`, count)
    ctx.tx.enqueue(expandBroadcast, { broadcastId })
  }
  await show(ctx, { broadcastId, page: 0 }, { zone, way: 'edit' })
}

async function record(ctx: BotContext, object: string, count: number): Promise<void> {
  await audit.insert(ctx.tx, { ...ctx.actor, action: 'delivery.resent', object, details: { count } })
}
