import { type AuditDetail, type AuditDetailForm, auditDetailOf, auditDetails, auditThingOf } from '@atermtrack/domain'
import { z } from 'zod'
import { catalogue, type Language } from '../catalogue.ts'
import { formatBytes, formatNumber, zoneName } from '../format/formats.ts'
import { dayText, formatExact } from '../format/moments.ts'
import { reasonSentence } from '../notices/incoming/workbook-reasons.ts'
import { audienceText } from './audience-text.ts'
import { stationName } from './names.ts'

/** An entry of the audit as it is stored, with the names of what it speaks of. */
export interface RecordedAction {
  readonly action: string
  /** The thing and its id, such as `person:7`. */
  readonly object: string
  readonly details: Readonly<Record<string, unknown>>
  /** The name of the object; undefined or null where it is gone, or has none. */
  readonly objectName: string | null | undefined
  /** Names for numbers in the details, under the names of these; what is gone has none. */
  readonly names: Readonly<Record<string, string>>
}

export interface AuditReader {
  readonly language: Language
  readonly zone: string
}

/** The object of an entry as plain text; empty where the action says it all. */
export function auditObjectText(
  { object, objectName }: Pick<RecordedAction, 'object' | 'objectName'>,
  language: Language,
): string {
  const { auditWords: words, config, exports, checks } = catalogue[language]
  const found = auditThingOf(object)
  if (!found) return object
  const { thing, id } = found
  if (thing === 'backup') return ''
  const name = objectName ?? undefined
  const spoken = words.things[thing]
  if (thing === 'person') return name ?? words.erasedPerson(id)
  if (thing === 'setting') return `${spoken} ${words.named(own(config.titles, id) ?? id)}`
  if (thing === 'export') return `${spoken} ${words.named(own(exports.kinds, id) ?? checks.subscribersName)}`
  if (thing === 'train' || thing === 'queue') return `${spoken} ${id}`
  return name === undefined ? words.numbered(spoken, id) : `${spoken} ${words.named(name)}`
}

/** Whose entry it is. */
export interface RecordedActor {
  /** The name of the person as it is now. */
  readonly actorName: string | null | undefined
  readonly actorId: number | null | undefined
  readonly updateId: number | null | undefined
  readonly command: string | null | undefined
}

/** The person, the command or the program behind an entry as plain text. */
export function auditActorText({ actorName, actorId, updateId, command }: RecordedActor, language: Language): string {
  const { audit: words, auditWords } = catalogue[language]
  if (actorName) return actorName
  if (typeof actorId === 'number') return auditWords.erasedPerson(String(actorId))
  if (typeof updateId === 'number') return words.somebodyGone
  return command ? words.commandLine(command) : words.service
}

/** The details of an entry as plain texts, those that say nothing left out. */
export function auditFacts(
  { action, details, names }: Pick<RecordedAction, 'action' | 'details' | 'names'>,
  reader: AuditReader,
): readonly string[] {
  const { auditWords: words } = catalogue[reader.language]
  const stored = Object.entries(details).map(([name, value]) => ({ name, value, detail: auditDetailOf(action, name) }))
  // The database keeps them in an order of its own.
  return stored
    .toSorted((one, other) => placeOf(one.detail) - placeOf(other.detail))
    .flatMap(({ name, value, detail }) => {
      // A release that knows more details may have written it.
      if (detail === undefined) return [`${name}: ${String(value)}`]
      const said = forms[auditDetails[detail]](String(value), names[name], reader)
      return said === undefined ? [] : [words.details[detail](said)]
    })
}

const places = Object.keys(auditDetails)

function placeOf(detail: AuditDetail | undefined): number {
  return detail === undefined ? places.length : places.indexOf(detail)
}

/** The value of a detail in words; undefined where it says nothing. The name is that of whatever the value is the number of. */
type Say = (value: string, name: string | undefined, reader: AuditReader) => string | undefined

const forms: Readonly<Record<AuditDetailForm, Say>> = {
  any: (value, _name, { language }) => (value === '0' ? undefined : sayCount(value, language)),
  audience: (value, name, { language }) => sayAudience(value, name, language),
  bytes: (value, _name, { language }) => (Number.isNaN(Number(value)) ? value : formatBytes(Number(value), language)),
  channel: (value, _name, { language }) => own(catalogue[language].exports.words.channel, value) ?? value,
  company: (value, name, { language }) => name ?? unnamed(value, language),
  count: (value, _name, { language }) => sayCount(value, language),
  day: (value, _name, { language }) => (value === '' ? undefined : sayDay(value, language)),
  eventKinds: (value, _name, { language }) => sayEach(value, catalogue[language].exports.words.eventKind),
  hidden: () => undefined,
  named: (value, name, { language }) =>
    name === undefined ? unnamed(value, language) : catalogue[language].auditWords.named(name),
  hours: (value, _name, { language }) => (value === 'none' ? catalogue[language].auditWords.noHours : value),
  list: (value) => value.replaceAll(/,(?=\S)/g, ', '),
  method: (value, _name, { language }) => own(catalogue[language].auditWords.methods, value) ?? value,
  moment: (value, _name, reader) => sayMoment(value, reader),
  reason: (value, _name, { language }) => reasonSentence(value, language),
  role: (value, _name, { language }) => own(catalogue[language].exports.words.role, value) ?? value,
  station: (value, _name, { language }) => stationName(value, language),
  subscriptionChanges: (value, _name, { language }) => sayEach(value, catalogue[language].subscriptionNotices.changes),
  text: (value, _name, { language }) => (value === '' ? catalogue[language].config.none : value),
  workbookStatus: (value, _name, { language }) => own(catalogue[language].exports.words.workbookStatus, value) ?? value,
  yesNo: (value, _name, { language }) => own(catalogue[language].exports.words.yesNo, value) ?? value,
  zone: (value, _name, { language }) => zoneName(value, language),
}

function sayCount(value: string, language: Language): string {
  const count = Number(value)
  return Number.isFinite(count) ? formatNumber(count, language) : value
}

function sayDay(value: string, language: Language): string {
  return Number.isNaN(Date.parse(value)) ? value : dayText(value, language)
}

/** A detail with the codes of several things, in words. */
function sayEach(codes: string, words: Readonly<Record<string, string>>): string {
  return codes
    .split(',')
    .map((code) => own(words, code.trim()) ?? code.trim())
    .join(', ')
}

/** `at once` stands for the time of a broadcast that nobody has chosen. */
function sayMoment(value: string, reader: AuditReader): string {
  if (value === 'at once') return catalogue[reader.language].auditWords.atOnce
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? value : formatExact(at, reader)
}

const audience = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('everybody') }),
  z.object({ kind: z.literal('role'), role: z.enum(['admin', 'operator', 'viewer']) }),
  z.object({ kind: z.literal('company'), companyId: z.int() }),
  z.object({ kind: z.literal('subscribers'), subject: z.enum(['train', 'destination', 'client']), text: z.string() }),
  z.object({ kind: z.literal('active'), days: z.int() }),
])

function sayAudience(value: string, companyName: string | undefined, language: Language): string {
  const read = audience.safeParse(parseJson(value))
  return read.success ? audienceText(read.data, companyName, language) : value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Something that is gone, by its number alone. */
function unnamed(id: string, language: Language): string {
  return catalogue[language].auditWords.numbered('', id).trim()
}

function own(words: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined
}
