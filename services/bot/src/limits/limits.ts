import { chatUsage, type Cost, type Db, type Meeting, type Usage } from '@atermtrack/data'
import type { Access } from '@atermtrack/domain'
import { languageOf, limitsTexts as texts } from '@atermtrack/messages'
import type { Update } from 'telegraf/types'
import type { Answers } from '../routing/answers.ts'
import { personText, restText } from './excess-text.ts'

/** The limits of one person. */
export interface PersonLimits {
  readonly questionsPerMinute: number
  readonly filesPerHour: number
  readonly bytesPerDay: number
}

export interface UsageLimits {
  readonly member: PersonLimits
  /** Messages and presses of somebody without access; their files are not accepted at all. */
  readonly strangerQuestionsPerMinute: number
  /** Questions of all people in one group together. */
  readonly groupQuestionsPerMinute: number
}

/** Admins look things up for others, and bring the files of a whole week at once. */
const adminFactor = 5

/** The limits of a person by their role. */
export function limitsOf(
  { isAdmin, hasAccess }: { readonly isAdmin: boolean; readonly hasAccess: boolean },
  { member, strangerQuestionsPerMinute }: UsageLimits,
): PersonLimits {
  if (!hasAccess) return { ...member, questionsPerMinute: strangerQuestionsPerMinute }
  if (!isAdmin) return member
  return {
    questionsPerMinute: member.questionsPerMinute * adminFactor,
    filesPerHour: member.filesPerHour * adminFactor,
    bytesPerDay: member.bytesPerDay * adminFactor,
  }
}

/** The limit that an update exceeds. */
export interface Excess {
  readonly what: 'questions' | 'files' | 'bytes'
  /** The first refusal within its window gets a notice, the others get no answer. */
  readonly isFirst: boolean
  /** Time until the window ends. */
  readonly restSeconds: number
}

/** The limit that an already counted update exceeds, or undefined. */
export function excessOf(usage: Usage, cost: Cost, limits: PersonLimits): Excess | undefined {
  const { questionsInMinute, filesInHour, bytesInDay } = usage
  const checks = [
    { what: 'questions', ...questionsInMinute, added: 1, limit: limits.questionsPerMinute },
    { what: 'files', ...filesInHour, added: cost.files, limit: limits.filesPerHour },
    { what: 'bytes', ...bytesInDay, added: cost.bytes, limit: limits.bytesPerDay },
  ] as const
  const exceeded = checks.find(({ used, added, limit }) => added > 0 && used > limit)
  if (!exceeded) return undefined
  const { what, used, added, limit, restSeconds } = exceeded
  // Refused updates count too, so exactly one update crosses the limit.
  return { what, isFirst: used - added <= limit, restSeconds: Math.max(1, restSeconds) }
}

export interface CountedUpdate {
  readonly tx: Db
  readonly update: Update
  readonly meeting: Meeting
  readonly cost: Cost
  /** Undefined in a private chat. */
  readonly groupId: number | undefined
  /** The rights of the person in private; usage is counted over all chats. */
  readonly own: Access
  /** The rights of the person in this chat. */
  readonly access: Access
}

/**
 * Refuses an update of a person or a group that has asked too much. The first refusal within a window gets a notice, the others
 * get no answer; a group that nobody has let in gets none at all. A pressed button is always answered. True when the update is refused.
 */
export async function refuseExcess(counted: CountedUpdate, limits: UsageLimits, answers: Answers): Promise<boolean> {
  const { meeting, cost } = counted
  const words = texts[languageOf(meeting.person.language)]
  const own = limitsOf(standingOf(counted), limits)
  const excess = excessOf(meeting.usage, cost, own)
  if (excess) {
    if (excess.isFirst) sayRefusal(counted, personText(excess, own, words), answers)
    return true
  }
  // The group counts last: the refused updates of one person must not silence their group.
  const ofGroup = await groupExcess(counted, limits)
  if (ofGroup?.isFirst) {
    sayRefusal(counted, words.group(limits.groupQuestionsPerMinute, restText(ofGroup.restSeconds, words)), answers)
  }
  return ofGroup !== undefined
}

async function groupExcess({ tx, groupId }: CountedUpdate, { member, groupQuestionsPerMinute }: UsageLimits) {
  if (groupId === undefined) return undefined
  const usage = await chatUsage.count(tx, groupId)
  return excessOf(usage, chatUsage.noFiles, { ...member, questionsPerMinute: groupQuestionsPerMinute })
}

function standingOf({ own, access }: CountedUpdate) {
  return { isAdmin: own.kind === 'allowed' && own.role === 'admin', hasAccess: access.kind === 'allowed' }
}

function sayRefusal({ update, access }: CountedUpdate, text: string, answers: Answers): void {
  if (access.kind === 'closed_group') return
  if ('callback_query' in update) answers.toast(text)
  else answers.say(text)
}
