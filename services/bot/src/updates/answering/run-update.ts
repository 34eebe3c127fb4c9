import {
  type Cost,
  type Db,
  type deliveries,
  groups,
  type Meeting,
  people,
  type Person,
  type TelegramProfile,
} from '@atermtrack/data'
import type { ChatMemberUpdated, Update, User, UserFromGetMe } from 'telegraf/types'
import {
  type Access,
  type Allowed,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  isAdmin,
  scopeKey,
} from '@atermtrack/domain'
import { createContext } from '../../routing/context.ts'
import type { Handle } from '../../routing/feature.ts'
import { type Admission, migrate, migrationOf } from '../../features/groups/admission.ts'
import { costOf } from '../../limits/cost-of.ts'
import type { UsageLimits } from '../../limits/limits.ts'
import { refuseExcess } from '../../limits/refuse-excess.ts'
import { texts } from '../../text/texts.ts'
import { chatOf, isMeant, senderOf } from '../update-facts.ts'
import type { RunUpdate } from './answer-update.ts'
import { type KnownLanguages, languageOfTelegram } from './known-languages.ts'

export interface RunUpdateOptions {
  /** Resolves once Telegram has said who the bot is. */
  readonly bot: Promise<UserFromGetMe>
  readonly policy: AccessPolicy
  /** Answers people without access. */
  readonly turnAway: Handle
  readonly admission: Admission
  readonly route: Handle
  /** By default the clock of the database. */
  readonly now: (() => Date) | undefined
  readonly languages: Pick<KnownLanguages, 'note'>
  readonly limits: UsageLimits
  readonly commands: {
    readonly isDue: (person: Person) => boolean
    readonly refresh: () => void
  }
}

/** The way of every update: who is it, is the bot meant, is it not too much, may they, and only then the features. */
export function createRunUpdate(options: RunUpdateOptions): RunUpdate {
  const { bot: botPromise, policy, limits, admission, turnAway, route, now, languages, commands } = options
  return async (tx, update, answers) => {
    if ('my_chat_member' in update) return noteMembership({ tx, ...answers }, update.my_chat_member, admission)
    const migration = migrationOf(update)
    if (migration) return migrate(tx, migration)
    const from = senderOf(update)
    const bot = await botPromise
    if (!from || from.is_bot || !isMeant(update, bot)) return
    const profile = profileOf(from)
    // Admins of the settings get requests before they have ever written.
    const isNamedAdmin = isAdmin({ telegramId: from.id, role: null, access: 'none' }, policy.adminChatIds)
    const cost = costOf(update)
    const meeting = await meet(tx, update, { profile, isNamedAdmin, cost })
    // Who had their data erased and presses what is left in the chat is not taken down again.
    if (!meeting) return answers.toast(texts[profile.language].staleButton)
    languages.note(from.id, meeting.person.language)
    const rights = await rightsOf(tx, { update, person: meeting.person, policy })
    const { own, access } = rights
    const counted = { tx, update, meeting, cost, ...rights }
    if (await refuseExcess(counted, limits, answers)) return
    const { refresh: refreshCommands } = commands
    const ctx = createContext({
      tx,
      update,
      bot,
      meeting,
      access,
      isMember: own.kind === 'allowed',
      now: now?.() ?? meeting.now,
      answers,
      refreshCommands,
    })
    if (commands.isDue(meeting.person)) ctx.refreshCommands()
    if (access.kind === 'allowed') {
      answers.readBy(readerOf(access))
      return route(ctx)
    }
    await (access.kind === 'closed_group' ? admission.turnAway(ctx) : turnAway(ctx))
  }
}

interface Rights {
  /** What the person may do in private. */
  readonly own: Access
  /** What they may do in this chat. */
  readonly access: Access
  /** Undefined in a private chat. */
  readonly groupId: number | undefined
}

async function rightsOf(
  tx: Db,
  { update, person, policy }: { readonly update: Update; readonly person: Person; readonly policy: AccessPolicy },
): Promise<Rights> {
  const own = accessOf(person, policy)
  const group = await groups.factsOf(tx, chatOf(update)?.id ?? person.telegramId)
  return { own, access: group ? accessInGroup(group, person, policy) : own, groupId: group?.chatId }
}

/** What leaves later must still be for who may have it. */
function readerOf({ role, scope }: Allowed): deliveries.AnswerReader {
  return { audience: role === 'admin' ? 'admin' : 'member', builtFor: scopeKey(scope) }
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

/** In a private chat the bot's own membership ends when somebody blocks it. */
async function noteMembership(
  place: Parameters<Admission['noteMembership']>[0],
  membership: ChatMemberUpdated,
  admission: Admission,
): Promise<void> {
  const { chat, new_chat_member: member } = membership
  const { tx } = place
  if (chat.type !== 'private') return admission.noteMembership(place, membership)
  if (member.status === 'kicked') return people.markUnreachable(tx, chat.id, 'bot was blocked by the user')
  await people.markReachable(tx, chat.id)
}
