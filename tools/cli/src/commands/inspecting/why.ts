import { everything, explainStatus, factsOf, positions, provenance, type ProvenanceRow } from '@atermtrack/data'
import { idleMinutes, parseContainerNumber } from '@atermtrack/domain'
import { kindName, provenanceTexts, reasonSentence } from '@atermtrack/messages'
import { readConfig, serviceEnv } from '@atermtrack/runtime'
import { type Command, readId, UsageError } from '../../command.ts'
import { openDatabase } from '../../connections.ts'

const words = provenanceTexts.en

/** The rows that speak of a container, and the rule that gave its status. */
export const whyCommand: Command = {
  right: 'inspect_provenance',
  usage: '<container> [--limit <n>]',
  about: 'show which rows of which files speak of a container, newest first, and why its status is what it is',
  options: { limit: { type: 'string', default: '50' } },
  async run({ args: [text = ''], options, env, print, table }) {
    const container = parseContainerNumber(text)
    if (!container) throw new UsageError('expected the number of a container, such as MSKU6011672')
    const limit = readId(String(options['limit']), 'a limit')
    const { STANDING_AFTER_HOURS: hours } = readConfig(serviceEnv.pick({ STANDING_AFTER_HOURS: true }), env)
    await using db = openDatabase(env)
    const [position] = await positions.findMany(db, [container], everything)
    for (const line of position ? statusLines(position, hours * 60) : [words.noPosition]) print(line)
    const { total, mentions } = await provenance.listMentions(db, container, { offset: 0, limit })
    if (total > mentions.length) print(`${mentions.length} of ${total} files are shown`)
    table(
      ['workbook', 'file', 'kind', 'report (UTC)', 'status', 'reason', 'sheet', 'row', 'says', 'at (UTC)'],
      mentions.flatMap((mention) => {
        const { id, fileName, kind, stamp, receivedAt, status, reason, rows = [undefined] } = mention
        const why = reason === null ? undefined : reasonSentence(reason, 'en', mention)
        const file = [id, fileName, kindName(kind, 'en'), stamp ?? receivedAt, status, why]
        return rows.map((row) => [...file, ...cellsOf(row)])
      }),
    )
  },
}

function statusLines(
  position: Awaited<ReturnType<typeof positions.findMany>>[number],
  standingAfterMinutes: number,
): readonly string[] {
  const { operation, station, operatedAt, asOf: stampAt, missingSince } = position
  const { rule, absence } = explainStatus(position, { standingAfterMinutes })
  const idle = idleMinutes({ operatedAt, stampAt })
  const reason = words.rules[rule]({ operation, station: station.name, idleMinutes: idle, standingAfterMinutes })
  const status = words.state(factsOf(position, { standingAfterMinutes }).status)
  if (absence === undefined) return [status, words.why(reason)]
  return [status, words.why(words.absences[absence](missingSince?.toISOString() ?? '')), words.before(reason)]
}

function cellsOf(row: ProvenanceRow | undefined) {
  if (!row) return [undefined, undefined, words.notKept, undefined]
  const { sheet, rowNumber, says } = row
  return [sheet, rowNumber, saying(says), 'at' in says ? says.at : undefined]
}

function saying(says: ProvenanceRow['says']): string {
  if (says.kind === 'train') return words.inTrain(says.train)
  if (says.kind === 'operation') return [says.operation, says.station].filter(Boolean).join(', ')
  return says.terminal === undefined ? words.atUnnamedTerminal : words.atTerminal(says.terminal)
}
