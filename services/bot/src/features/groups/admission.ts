import { adminChats, type Group, groups, people } from '@atermtrack/data'
import { type AccessPolicy, isAdminGroup } from '@atermtrack/domain'
import { groupsTexts as texts, notice } from '@atermtrack/messages'
import type { ChatMemberUpdated } from 'telegraf/types'
import type { Answers } from '../../routing/answers.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Handle } from '../../routing/feature.ts'
import { isAddressed } from '../../updates/update-facts.ts'
import { notify } from '../access/notify.ts'

export interface AdmissionOptions {
  readonly policy: AccessPolicy
}

export interface Admission {
  /** Answers in a group that no admin has let in: one sentence, once; the admins are asked. */
  readonly turnAway: Handle
  /** Handles that the bot was added to a group or removed from it. */
  readonly updateMembership: (place: Place, membership: ChatMemberUpdated) => Promise<void>
}

type Place = Pick<BotContext, 'tx'> & Pick<Answers, 'answer'>

const present: readonly string[] = ['member', 'administrator', 'restricted']

/** The admission of groups: only an admin lets a group in, and a group without admission gets no data. */
export function createAdmission(options: AdmissionOptions): Admission {
  return {
    turnAway: (ctx) => turnAway(ctx, options),
    updateMembership: (place, membership) => updateMembership(place, membership, options),
  }
}

async function turnAway(ctx: BotContext, options: AdmissionOptions): Promise<void> {
  const { tx, chat, message, person, language, botInfo } = ctx
  const words = texts[language]
  if (!chat || !('title' in chat)) return
  if (ctx.callbackQuery) return ctx.toast(words.noAccess)
  // A command may be for another bot.
  if (!message || !isAddressed(message, botInfo)) return
  const group = await groups.upsert(tx, { chatId: chat.id, title: chat.title, addedBy: person.id })
  if (group.status === 'declined') return leave(ctx, chat.id)
  await ask(ctx, group, options)
  if (await groups.claimGreeting(tx, group.id)) ctx.say(words.closed)
}

async function updateMembership(
  place: Place,
  { chat, from, new_chat_member: member }: ChatMemberUpdated,
  options: AdmissionOptions,
): Promise<void> {
  const { tx } = place
  if (chat.type !== 'group' && chat.type !== 'supergroup') return
  if (!present.includes(member.status)) return groups.markLeft(tx, chat.id)
  const inviter = await people.findByTelegramId(tx, from.id)
  const group = await groups.upsert(tx, { chatId: chat.id, title: chat.title, addedBy: inviter?.id })
  if (isAdminGroup(group, options.policy) || group.status === 'allowed') return
  if (group.status === 'declined') return leave(place, chat.id)
  await ask(place, group, options)
}

/** Adds the call that leaves the group once the effects are committed. */
export function leave({ answer }: Pick<Answers, 'answer'>, chatId: number): void {
  answer('leaveChat', { chat_id: chatId })
}

async function ask(place: Place, group: Group, { policy }: AdmissionOptions): Promise<void> {
  const { tx } = place
  const asking = await groups.claimAsking(tx, group.id)
  if (asking === 'not_now') return
  const inviter = group.addedBy === null ? undefined : await people.get(tx, group.addedBy)
  const content =
    asking === 'alone'
      ? notice('group_requested', { id: group.id, title: group.title, person: inviter })
      : notice('groups_wait', { count: await groups.countWaiting(tx) })
  for (const { chatId } of await adminChats.list(tx, policy.adminChatIds)) {
    await notify(place, { audience: 'admin', chatId, notice: content })
  }
}
