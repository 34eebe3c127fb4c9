import { type Cost, type Db, type Meeting, people, type Person, type TelegramProfile } from '@atermtrack/data'
import type { Chat, ChatMemberUpdated, Update, User, UserFromGetMe } from 'telegraf/types'
import { createContext } from '../context.ts'
import type { Access } from '../features/access/access.ts'
import type { Handle } from '../feature.ts'
import { costOf } from '../limits/cost-of.ts'
import type { UsageLimits } from '../limits/limits.ts'
import { refuseExcess } from '../limits/refuse-excess.ts'
import { texts } from '../texts.ts'
import type { RunUpdate } from './handle-update.ts'
import { isMeant } from './is-meant.ts'
import { type KnownLanguages, languageOfTelegram } from './known-languages.ts'
import { senderOf } from './sender-of.ts'

export interface RunUpdateOptions {
  /** Resolves once Telegram has said who the bot is. */
  readonly bot: Promise<UserFromGetMe>
  readonly access: Pick<Access, 'isAdmin' | 'hasAccess' | 'turnAway'>
  readonly route: Handle
  readonly now: () => Date
  readonly languages: Pick<KnownLanguages, 'note'>
  readonly limits: UsageLimits
  readonly commands: {
    readonly isDue: (person: Person) => boolean
    readonly refresh: () => void
  }
}

/** The way of every update: who is it, is the bot meant, is it not too much, may they, and only then the features. */
export function createRunUpdate(options: RunUpdateOptions): RunUpdate {
  const { bot: botPromise, access, route, now, languages, commands, limits } = options
  return async (tx, update, answers) => {
    if ('my_chat_member' in update) return noteMembership(tx, update.my_chat_member)
    const from = senderOf(update)
    const bot = await botPromise
    if (!from || from.is_bot || !isMeant(update, bot)) return
    const profile = profileOf(from)
    // Admins of the settings get requests before they have ever written.
    const isNamedAdmin = access.isAdmin({ telegramId: from.id, role: null, access: 'none' })
    const cost = costOf(update)
    const meeting = await meet(tx, update, { profile, isNamedAdmin, cost })
    // Who had their data erased and presses what is left in the chat is not taken down again.
    if (!meeting) return answers.toast(texts[profile.language].staleButton)
    languages.note(from.id, meeting.person.language)
    const isAdmin = access.isAdmin(meeting.person)
    const hasAccess = access.hasAccess(meeting.person)
    const counted = { tx, update, meeting, cost, groupId: groupOf(update), isAdmin, hasAccess }
    if (await refuseExcess(counted, limits, answers)) return
    const { refresh: refreshCommands } = commands
    const ctx = createContext({ tx, update, bot, meeting, isAdmin, now: now(), answers, refreshCommands })
    if (commands.isDue(meeting.person)) ctx.refreshCommands()
    await (hasAccess ? route(ctx) : access.turnAway(ctx))
  }
}

function profileOf(from: User): TelegramProfile {
  return {
    telegramId: from.id,
    firstName: from.first_name,
    lastName: from.last_name ?? null,
    username: from.username ?? null,
    language: languageOfTelegram(from.language_code),
  }
}

/** Undefined for a button pressed in private by somebody who is not known. */
async function meet(
  tx: Db,
  update: Update,
  {
    profile,
    isNamedAdmin,
    cost,
  }: { readonly profile: TelegramProfile; readonly isNamedAdmin: boolean; readonly cost: Cost },
): Promise<Meeting | undefined> {
  const chat = chatOf(update)
  const isPrivate = chat?.type === 'private'
  const find = 'callback_query' in update && isPrivate && !isNamedAdmin ? people.meetKnown : people.meet
  const meeting = await find(tx, profile, chat?.id ?? profile.telegramId, cost)
  if (!meeting || !('message' in update) || !isPrivate || meeting.person.unreachableSince === null) return meeting
  await people.markReachable(tx, profile.telegramId)
  return { ...meeting, person: { ...meeting.person, unreachableSince: null } }
}

function chatOf(update: Update): Chat | undefined {
  if ('callback_query' in update) return update.callback_query.message?.chat
  return 'message' in update ? update.message.chat : undefined
}

function groupOf(update: Update): number | undefined {
  const chat = chatOf(update)
  return chat === undefined || chat.type === 'private' ? undefined : chat.id
}

/** In a private chat the bot's own membership ends when somebody blocks it. */
async function noteMembership(tx: Db, { chat, new_chat_member: member }: ChatMemberUpdated): Promise<void> {
  if (chat.type !== 'private') return
  if (member.status === 'kicked') return people.markUnreachable(tx, chat.id, 'bot was blocked by the user')
  await people.markReachable(tx, chat.id)
}
