import { chatUsage, type Cost, type Db, type Meeting } from '@atermtrack/data'
import type { Access } from '@atermtrack/domain'
import { languageOf, limitsTexts as texts } from '@atermtrack/messages'
import type { Update } from 'telegraf/types'
import type { Answers } from '../routing/answers.ts'
import { excessOf, limitsOf, type UsageLimits } from './limits.ts'
import { personText, restText } from './excess-text.ts'

export interface CountedUpdate {
  readonly tx: Db
  readonly update: Update
  readonly meeting: Meeting
  readonly cost: Cost
  /** Undefined in a private chat. */
  readonly groupId: number | undefined
  /** What the person may do in private; what they cost is counted over all chats. */
  readonly own: Access
  /** What the person may do in this chat. */
  readonly access: Access
}

/**
 * Refuses an update of a person or a group that has asked too much. The first refusal within a window is answered with a notice, the
 * others with silence, as is a group that nobody has let in; a pressed button is always answered. True when nothing else is to be done about the update.
 */
export async function refuseExcess(counted: CountedUpdate, limits: UsageLimits, answers: Answers): Promise<boolean> {
  const { meeting, cost } = counted
  const words = texts[languageOf(meeting.person.language)]
  const own = limitsOf(standingOf(counted), limits)
  const excess = excessOf(meeting.usage, cost, own)
  if (excess) {
    if (excess.isFirst) speak(counted, personText(excess, own, words), answers)
    return true
  }
  // Counted last: what one person is refused must not silence their group.
  const ofGroup = await groupExcess(counted, limits)
  if (ofGroup?.isFirst) {
    speak(counted, words.group(limits.groupQuestionsPerMinute, restText(ofGroup.restSeconds, words)), answers)
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

function speak({ update, access }: CountedUpdate, text: string, answers: Answers): void {
  if (access.kind === 'closed_group') return
  if ('callback_query' in update) answers.toast(text)
  else answers.say(text)
}
