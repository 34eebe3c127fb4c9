import { audit, people, type Rights } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { notify } from './notify.ts'

/** Records the new rights of somebody, and notifies them with the menu that goes with these. */
export async function announceRights(
  ctx: BotContext,
  personId: number,
  rights: Rights,
  how: 'let_in' | 'changed',
): Promise<void> {
  const { tx } = ctx
  const { role } = rights
  ctx.refreshCommands()
  await audit.insert(tx, {
    ...ctx.actor,
    action: how === 'let_in' ? 'access.granted' : 'access.changed',
    object: `person:${personId}`,
    details: { role, ...(role === 'viewer' && rights.companyId !== null && { companyId: rights.companyId }) },
  })
  const request = await people.findRequest(tx, personId)
  if (!request) return
  const params = { role, companyName: request.companyName }
  await notify(ctx, {
    audience: 'anybody',
    chatId: request.person.telegramId,
    personId,
    notice: how === 'let_in' ? notice('access_granted', params) : notice('access_changed', params),
  })
}
