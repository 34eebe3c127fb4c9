import { audit, broadcasts, deliveries } from '@atermtrack/data'
import { commonTexts, inEachLanguage, unknownDeliveriesTexts as texts } from '@atermtrack/messages'
import { deliveryPriority, type Producer } from '@atermtrack/queue'
import { parseId } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { pageSize, unknownView } from './views.ts'

export interface UnknownDeliveriesOptions {
  /** Zone of the times shown. */
  readonly zone: string
  readonly producers: {
    readonly sendTelegram: Producer<{ deliveryId: number }>
    readonly sendEmail: Producer<{ deliveryId: number }>
    readonly expandBroadcast: Producer<{ broadcastId: number }>
  }
}

interface Place {
  readonly broadcastId: number | undefined
  readonly page: number
}

/** Shows admins what may or may not have arrived and what failed, and sends it again when they say so. */
export function createUnknownDeliveries(options: UnknownDeliveriesOptions): Feature {
  const { zone } = options
  return {
    privateOnly: true,
    commands: [
      {
        name: 'unknown',
        description: inEachLanguage(texts, (words) => words.command),
        adminsOnly: true,
        handle: (ctx) => show(ctx, { broadcastId: undefined, page: 0 }, { zone, way: 'say' }),
      },
    ],
    callbacks: {
      'unknown-show': forAdmins((ctx, [scope]) =>
        show(ctx, { broadcastId: parseId(scope), page: 0 }, { zone, way: 'say' }),
      ),
      'unknown-page': forAdmins((ctx, [scope, page]) => show(ctx, placeOf(scope, page), { zone, way: 'edit' })),
      'unknown-resend': forAdmins((ctx, [id, scope, page]) => resend(ctx, parseId(id), placeOf(scope, page), options)),
      'unknown-resend-all': forAdmins((ctx, [scope]) => resendAll(ctx, parseId(scope), options)),
    },
  }
}

type Press = (ctx: BotContext, ids: readonly string[]) => Promise<void>

function forAdmins(press: Press): Press {
  return async (ctx, ids) => (ctx.isAdmin ? press(ctx, ids) : ctx.toast(commonTexts[ctx.language].staleButton))
}

/** The scope 0 means everything. */
function placeOf(scope: string | undefined, page: string | undefined): Place {
  return { broadcastId: parseId(scope), page: parseId(page) ?? 0 }
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

async function resend(
  ctx: BotContext,
  id: number | undefined,
  place: Place,
  { producers, zone }: UnknownDeliveriesOptions,
): Promise<void> {
  const words = texts[ctx.language]
  const queued = id === undefined ? undefined : await deliveries.resend(ctx.tx, id)
  ctx.toast(queued ? words.resent : words.resentBefore)
  if (queued) {
    await record(ctx, `delivery:${queued.id}`, 1)
    const producer = queued.channel === 'email' ? producers.sendEmail : producers.sendTelegram
    ctx.afterCommit(() => producer.ring({ deliveryId: queued.id }, { priority: deliveryPriority[queued.kind] }))
  }
  await show(ctx, place, { zone, way: 'edit' })
}

async function resendAll(
  ctx: BotContext,
  broadcastId: number | undefined,
  { producers, zone }: UnknownDeliveriesOptions,
): Promise<void> {
  const words = texts[ctx.language]
  if (broadcastId === undefined) return ctx.toast(commonTexts[ctx.language].staleButton)
  const count = await broadcasts.resendUnknown(ctx.tx, broadcastId)
  ctx.toast(count > 0 ? words.resent : words.resentBefore)
  if (count > 0) {
    await record(ctx, `broadcast:${broadcastId}`, count)
    ctx.afterCommit(() => producers.expandBroadcast.ring({ broadcastId }))
  }
  await show(ctx, { broadcastId, page: 0 }, { zone, way: 'edit' })
}

async function record(ctx: BotContext, object: string, count: number): Promise<void> {
  await audit.insert(ctx.tx, { actorId: ctx.person.id, action: 'delivery.resent', object, details: { count } })
}
