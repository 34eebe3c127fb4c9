import type { Cost, Usage } from '@atermtrack/data'

/** What one person may cost. */
export interface PersonLimits {
  readonly questionsPerMinute: number
  readonly filesPerHour: number
  readonly bytesPerDay: number
}

export interface UsageLimits {
  readonly member: PersonLimits
  /** Messages and presses of somebody without access; their files are not taken at all. */
  readonly strangerQuestionsPerMinute: number
  /** Of all people in one group together. */
  readonly groupQuestionsPerMinute: number
}

/** Admins look things up for others, and bring the files of a whole week at once. */
const adminFactor = 5

/** What somebody may cost, by who they are. */
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

/** Which limit an update exceeds. */
export interface Excess {
  readonly what: 'questions' | 'files' | 'bytes'
  /** The first one within its window: that one is answered with a notice, the others with silence. */
  readonly isFirst: boolean
  /** Until the window ends. */
  readonly restSeconds: number
}

/** What an update exceeds that was counted already, or undefined. */
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
  // Counting goes on in refused updates, so exactly one of them crosses the limit.
  return { what, isFirst: used - added <= limit, restSeconds: Math.max(1, restSeconds) }
}
