import { clipText, countBy, type Difference, formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { escapeWhole, type ReportTexts } from '@atermtrack/messages'
import { countKnown, countRows, type ReportData } from './report-data.ts'
import { type ReportChanges, sizeOf } from './sheets/changes-sheet.ts'

export interface Caption {
  /** Telegram HTML, at most 1,024 characters as shown. */
  readonly html: string
  /** The lines below the heading, for an e-mail. */
  readonly lines: readonly string[]
  readonly heading: string
}

export interface CaptionFacts {
  readonly name: string | undefined
  readonly zone: string
  readonly notes: readonly string[]
  /** Undefined for a first report, and for an answer. */
  readonly changes?: ReportChanges | undefined
}

const longest = 1_024
/** Even a heading that is cut says which report it is. */
const leastHeading = 60
const numbersShown = 5
const changesShown = 3

/** Says what the workbook holds, how old it is and what has changed most, and warns the reader. */
export function composeCaption(
  data: ReportData,
  { name, zone, notes, changes }: CaptionFacts,
  texts: ReportTexts,
): Caption {
  const { rows, unseen, missing, visits = [], asOf } = data
  const found = countKnown(data)
  const before = [
    ...(asOf ? [texts.asOf(formatWall(toWall(asOf, zone)), zoneLabel(zone, asOf))] : []),
    found === 0 ? texts.noData : texts.found(found, found + missing.length),
    ...notes,
    ...countRows(rows, ({ shown }) => shown).map(([status, n]) => `• ${texts.statuses[status]} — ${n}`),
    ...countBy(visits, ({ state }) => state).map(([state, n]) => `• ${texts.visits[state]} — ${n}`),
    ...(unseen.length > 0 ? [`• ${texts.unseen} — ${unseen.length}`] : []),
  ]
  const after =
    missing.length === 0
      ? []
      : [texts.missing(missing.slice(0, numbersShown).join(', '), missing.length - numbersShown)]
  const room = longest - leastHeading - [...before, ...after].join('\n').length - 2
  const lines = [...before, ...changeLines(changes, texts, room), ...after]
  const heading = texts.heading(name)
  const shown = clipText(heading, longest - lines.join('\n').length - 1)
  return { html: [`<b>${escapeWhole(shown)}</b>`, ...lines.map(escapeWhole)].join('\n'), lines, heading }
}

/** The biggest changes by kind, as many as there is room for; none for a first report. */
function changeLines(changes: ReportChanges | undefined, texts: ReportTexts, room: number): readonly string[] {
  if (!changes) return []
  const lines = biggest(changes.differences)
    .slice(0, changesShown)
    .map((group) => `• ${changeLine(group, texts)}`)
  const said = lines.length === 0 ? [texts.nothingChanged] : [texts.changesTitle, ...lines]
  const fitting = said.filter((_, index) => said.slice(0, index + 1).join('\n').length <= room)
  // A title without a line below it says nothing.
  return lines.length > 0 && fitting.length === 1 ? [] : fitting
}

/** The differences by kind; they come with the most important kind and the biggest of each kind first. */
function biggest(differences: readonly Difference[]): readonly (readonly [Difference, ...Difference[]])[] {
  const groups = new Map<string, [Difference, ...Difference[]]>()
  for (const difference of differences) {
    const group = groups.get(difference.kind)
    if (group) group.push(difference)
    else groups.set(difference.kind, [difference])
  }
  return [...groups.values()]
}

function changeLine(group: readonly [Difference, ...Difference[]], texts: ReportTexts): string {
  const [first] = group
  const counted = texts.changed(first.kind, group.length)
  const size = sizeOf(first, texts)
  if (size === undefined) {
    const more = group.length > numbersShown ? '…' : ''
    const numbers = group.slice(0, numbersShown).map(({ container }) => container)
    return `${counted}: ${numbers.join(', ')}${more}`
  }
  if (group.length === 1) return `${counted}: ${first.container}, ${size}`
  return `${counted}, ${texts.changedMost(first.container, size)}`
}
