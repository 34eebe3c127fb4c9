import { chatUsage, type Db, deliveries, groups, type Meeting, people, type Person } from '@atermtrack/data'
import { commonTexts as texts, languageOf } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import type { ChatMemberUpdated, Update, UserFromGetMe } from 'telegraf/types'
import {
  type Access,
  type Allowed,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  isAdmin,
  scopeKey,
  type Slot,
} from '@atermtrack/domain'
import type { Answers } from '../../routing/answers.ts'
import { createContext } from '../../routing/context.ts'
import type { Handle } from '../../routing/feature.ts'
import type { Inline } from '../../features/share/inline.ts'
import type { Admission } from '../../features/groups/admission.ts'
import { refuseExcess, type UsageLimits } from '../../limits/limits.ts'
import { type AskedUpdate, readUpdate, type UpdateFacts } from '../update-facts.ts'
import type { RunUpdate } from './answer-update.ts'
import type { KnownLanguages } from './known-languages.ts'

export interface UpdateHandlers {
  readonly policy: AccessPolicy
  /** Answers people without access. */
  readonly turnAway: Handle
  readonly admission: Admission
  readonly inline: Inline
  readonly route: Handle
  readonly limits: UsageLimits
  /** The times that are offered for reports. */
  readonly offeredTimes: readonly Slot[]
}

export interface RunUpdateOptions {
  /** Resolves once Telegram has named the bot. */
  readonly bot: Promise<UserFromGetMe>
  /** The handlers and settings of this moment. */
  readonly handlers: () => UpdateHandlers
  /** By default the clock of the database. */
  readonly now: (() => Date) | undefined
  readonly languages: Pick<KnownLanguages, 'note'>
  readonly commands: {
    readonly isDue: (person: Person) => boolean
    readonly refresh: () => void
  }
}

/** The way of every update: the person, whether it is meant for the bot, the limits, the rights, and only then the features. */
export function createRunUpdate(options: RunUpdateOptions): RunUpdate {
  const { bot: botPromise, handlers } = options
  return async (tx, update, answers) => {
    const bot = await botPromise
    const facts = readUpdate(update, bot)
    switch (facts.kind) {
      case 'membership':
        return updateMembership({ tx, ...answers }, facts.membership, handlers().admission)
      case 'migration':
        // The stored group and its waiting deliveries get the new id too.
        return deliveries.moveToChat(tx, facts.from, facts.to)
      case 'asked':
        return runAsked({ tx, update, answers, bot, facts }, options)
      case 'inline':
        return runInline({ tx, update, answers, bot, facts }, options)
      case 'not_meant':
    }
  }
}

interface Asked {
  readonly tx: Tx
  readonly update: Update
  readonly answers: Answers
  readonly bot: UserFromGetMe
  readonly facts: AskedUpdate
}

interface AskedInline extends Omit<Asked, 'facts'> {
  readonly facts: Extract<UpdateFacts, { readonly kind: 'inline' }>
}

/** In another chat a person has the rights that they have in private. Somebody who has never written to the bot is not stored. */
async function runInline({ tx, update, answers, bot, facts }: AskedInline, options: RunUpdateOptions): Promise<void> {
  const { handlers, now } = options
  const { policy, limits, inline, offeredTimes } = handlers()
  const { profile, queryId } = facts
  const meeting = await people.meetKnown(tx, profile, profile.telegramId)
  const own: Access = meeting ? accessOf(meeting.person, policy) : { kind: 'stranger' }
  if (!meeting || own.kind !== 'allowed') {
    return inline.turnAway(answers, queryId, languageOf(meeting?.person.language ?? profile.language))
  }
  const counted = { tx, update, meeting, cost: chatUsage.noFiles, groupId: undefined, own, access: own }
  if (await refuseExcess(counted, limits, answers)) return inline.refuse(answers, queryId)
  const moment = now?.() ?? meeting.now
  const refreshCommands = () => undefined
  const rights = { access: own, own, now: moment, offeredTimes, answers, refreshCommands }
  const ctx = createContext({ tx, update, bot, meeting, ...rights })
  answers.readBy(readerOf(own))
  await (ctx.may('share_answers') ? inline.answer(ctx) : inline.turnAway(answers, queryId, ctx.language))
}

async function runAsked({ tx, update, answers, bot, facts }: Asked, options: RunUpdateOptions): Promise<void> {
  const { handlers, now, languages, commands } = options
  const { policy, limits, admission, turnAway, route, offeredTimes } = handlers()
  const { profile, cost } = facts
  // Admins of the settings get requests even before they have written to the bot.
  const isNamedAdmin = isAdmin({ telegramId: profile.telegramId, role: null, access: 'none' }, policy.adminChatIds)
  const meeting = await meet(tx, facts, isNamedAdmin)
  // A person with erased data who presses a remaining button is not stored again.
  if (!meeting) return answers.toast(texts[languageOf(profile.language)].staleButton)
  languages.note(profile.telegramId, languageOf(meeting.person.language))
  const rights = await rightsOf(tx, { chatId: facts.chat?.id, person: meeting.person, policy })
  const { own, access } = rights
  if (await refuseExcess({ tx, update, meeting, cost, ...rights }, limits, answers)) return
  const { refresh: refreshCommands } = commands
  const moment = now?.() ?? meeting.now
  const ctx = createContext({
    tx,
    update,
    bot,
    meeting,
    access,
    own,
    now: moment,
    offeredTimes,
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

interface Rights {
  /** The rights of the person in private. */
  readonly own: Access
  /** Their rights in this chat. */
  readonly access: Access
  /** Undefined in a private chat. */
  readonly groupId: number | undefined
}

async function rightsOf(
  tx: Db,
  {
    chatId,
    person,
    policy,
  }: { readonly chatId: number | undefined; readonly person: Person; readonly policy: AccessPolicy },
): Promise<Rights> {
  const own = accessOf(person, policy)
  const group = await groups.factsOf(tx, chatId ?? person.telegramId)
  return { own, access: group ? accessInGroup(group, person, policy) : own, groupId: group?.chatId }
}

/** The reader that an answer is checked against when it leaves later. */
function readerOf({ role, scope }: Allowed): deliveries.AnswerReader {
  return { audience: role === 'admin' ? 'admin' : 'member', builtFor: scopeKey(scope) }
}

/** Undefined for a button pressed in private by somebody who is not known. */
async function meet(
  tx: Db,
  { profile, chat, isPrivate, isPress, cost }: AskedUpdate,
  isNamedAdmin: boolean,
): Promise<Meeting | undefined> {
  const find = isPress && isPrivate && !isNamedAdmin ? people.meetKnown : people.meet
  const meeting = await find(tx, profile, chat?.id ?? profile.telegramId, cost)
  if (!meeting || isPress || !isPrivate || meeting.person.unreachableSince === null) return meeting
  await people.markReachable(tx, profile.telegramId)
  return { ...meeting, person: { ...meeting.person, unreachableSince: null } }
}

/** The bot's own membership of a private chat ends when the person blocks it. */
async function updateMembership(
  place: Parameters<Admission['updateMembership']>[0],
  membership: ChatMemberUpdated,
  admission: Admission,
): Promise<void> {
  const { chat, new_chat_member: member } = membership
  const { tx } = place
  if (chat.type !== 'private') return admission.updateMembership(place, membership)
  if (member.status === 'kicked') return people.markUnreachable(tx, chat.id, 'bot was blocked by the user')
  await people.markReachable(tx, chat.id)
}
