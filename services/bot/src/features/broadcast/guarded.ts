import { audit, broadcasts } from '@atermtrack/data'
import type { AccessPolicy, AuditAction } from '@atermtrack/domain'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'

export interface BroadcastOptions {
  /** Decides who may be written to. */
  readonly policy: AccessPolicy
  /** Zone of admins who have chosen none. */
  readonly zone: string
}

type Broadcast = broadcasts.Broadcast

/** A button works for all admins; that of a draft for its author alone, in the chat where it was composed. A message to one person has none of them. */
export function guarded<P>(press: (ctx: BotContext, broadcast: Broadcast, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly broadcastId: number }) => {
    const broadcast = await broadcasts.find(ctx.tx, pressed.broadcastId)
    if (!broadcast || broadcast.audience.kind === 'person') return answerOutdated(ctx)
    if (broadcast.status === 'draft' && !isOwn(ctx, broadcast)) return answerOutdated(ctx)
    await press(ctx, broadcast, pressed)
  }
}

function isOwn(ctx: BotContext, { authorId, chatId }: Broadcast): boolean {
  return authorId === ctx.person.id && chatId === ctx.chat?.id
}

type What = Extract<AuditAction, `broadcast.${string}`> extends `broadcast.${infer Name}` ? Name : never

/** Records what an admin has done with a broadcast. */
export async function record(ctx: BotContext, id: number, what: What, details: audit.AuditDetails = {}): Promise<void> {
  await audit.insert(ctx.tx, {
    ...ctx.actor,
    action: `broadcast.${what}`,
    object: `broadcast:${id}`,
    details,
  })
}

/** The zone in which an admin reads and writes times. */
export function zoneOf({ person }: BotContext, { zone }: BroadcastOptions): string {
  return person.zone ?? zone
}
