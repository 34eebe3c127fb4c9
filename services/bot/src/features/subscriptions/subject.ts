import { type FindDirectory, resolveSubject, trains } from '@atermtrack/data'
import {
  type AccessPolicy,
  findTrainCodes,
  longestSubjectText,
  mostReportContainers,
  readFilter,
  type SubscriptionSubject,
  toWall,
} from '@atermtrack/domain'
import type { BotContext } from '../../routing/context.ts'

/** Whose zone and whose containers decide what a subject means. */
export type SubjectReader = Pick<BotContext, 'tx' | 'now' | 'language' | 'person' | 'scope'>

/** The dependencies of reading a subject. */
export interface SubjectParts {
  readonly policy: AccessPolicy
  /** Zone of persons without one. */
  readonly zone: string
  readonly standingAfterMinutes: number
  readonly findDirectory: FindDirectory
}

/** A subject that is resolved again at each slot. */
export interface Subject {
  readonly subject: SubscriptionSubject
  readonly subjectText: string | null
  /** Of a subject `company`; without one it is everything that the person sees. */
  readonly companyId?: number | null
  readonly companyName?: string
  /** Of a station that a code stands for. */
  readonly stationName?: string
}

/** Subjects that a text names; the others need none. */
export type NamedSubject = Exclude<SubscriptionSubject, 'containers' | 'company'>

export function isNamedSubject(subject: SubscriptionSubject): subject is NamedSubject {
  return subject !== 'containers' && subject !== 'company'
}

/** The subject that a person's text names; undefined when the text names nothing that they see. */
export async function readSubject(
  ctx: SubjectReader,
  subject: NamedSubject,
  text: string,
  parts: SubjectParts,
): Promise<Subject | undefined> {
  const asked = text.replace(/\s+/gu, ' ').trim()
  if (asked === '' || asked.length > longestSubjectText) return undefined
  if (subject === 'train') return readTrain(ctx, asked)
  if (subject === 'client') {
    const client = { subject, subjectText: asked }
    return (await countMatches(ctx, client, parts)) > 0 ? client : undefined
  }
  const directory = await parts.findDirectory(ctx.tx, ctx.now)
  const today = toWall(ctx.now, ctx.person.zone ?? parts.zone).slice(0, 10)
  if (subject === 'question') return readFilter(asked, { directory, today }) && { subject, subjectText: asked }
  const places = readFilter(`до ${asked}`, { directory, today })?.filter.places ?? []
  const station = places.flatMap((condition) => condition.places).find(({ kind }) => kind === 'station')
  return station && { subject, subjectText: station.code ?? station.name, stationName: station.name }
}

async function readTrain({ tx, scope }: SubjectReader, text: string): Promise<Subject | undefined> {
  const [code] = findTrainCodes(text)
  if (code === undefined) return undefined
  const { known } = await trains.find(tx, [code], scope)
  return known.length > 0 ? { subject: 'train', subjectText: code } : undefined
}

/** How many containers a subject means for the person now; at most those that a report holds. */
export async function countMatches(ctx: SubjectReader, subject: Subject, parts: SubjectParts): Promise<number> {
  const zone = ctx.person.zone ?? parts.zone
  // The days after which containers leave are those of a new subscription.
  const subscription = { id: 0, companyId: null, ...subject, leavesAfterDays: 3, zone }
  const options = { ...parts, now: ctx.now, limit: mostReportContainers }
  return (await resolveSubject(ctx.tx, subscription, ctx.scope, options)).containers.length
}
