import { writeFile } from 'node:fs/promises'
import { parse } from 'node:path'
import { audit, type Db, type ExportAsk } from '@atermtrack/data'
import { exportKinds, isExportKind, isOfTheRailway, type Period, readPeriod, toWall } from '@atermtrack/domain'
import { writeExport } from '@atermtrack/exports'
import { type Language, languages } from '@atermtrack/messages'
import { type Env, readConfig, serviceEnv } from '@atermtrack/runtime'
import { readOverEnvironment } from '@atermtrack/settings'
import { type Command, type CommandInput, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'

type Options = CommandInput['options']

interface Target {
  readonly path: string
  readonly language: Language
  readonly actor: CommandInput['actor']
}

/** The workbooks that admins get in the chat, as files. */
export const exportCommand: Command = {
  right: 'export_data',
  usage: `<kind> --out <file> [--from <day>] [--to <day>] [--language <${languages.join('|')}>]`,
  about: `write what is stored as a workbook to --out, which does not exist yet; a day is 2026-11-30; kind: ${exportKinds.join(', ')}`,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    out: { type: 'string' },
    language: { type: 'string' },
  },
  async run({ args: [kind = ''], options, env, actor, print }) {
    if (!isExportKind(kind)) throw new UsageError(`expected a kind: ${exportKinds.join(', ')}`)
    const target = { path: pathOf(options), language: languageOf(options), actor }
    const periodIn = (zone: string) => periodOf(options, toWall(new Date(), zone).slice(0, 10))
    // A command line that is not usable says so without the database.
    periodIn(zoneOf(kind, env))
    await using db = openDatabase(env)
    const zone = zoneOf(kind, await readOverEnvironment(db, env))
    const ask = { kind, zone, period: periodIn(zone) }
    for (const { path, rowCount } of await writeFiles(db, ask, target)) {
      print(`${rowCount} rows are written to ${path}`)
    }
  },
}

async function writeFiles(
  db: Db,
  ask: ExportAsk,
  { path, language, actor }: Target,
): Promise<readonly { readonly path: string; readonly rowCount: number }[]> {
  return db.transaction().execute(async (tx) => {
    const written: { readonly path: string; readonly rowCount: number }[] = []
    for await (const { pieces, rowCount } of writeExport(tx, ask, { language, now: new Date() })) {
      const file = numbered(path, written.length + 1)
      await writeFile(file, pieces, { flag: 'wx' })
      written.push({ path: file, rowCount: rowCount() })
    }
    const { from = '', until = '' } = ask.period
    const details = { from, until, zone: ask.zone }
    await audit.insert(tx, { ...actor, action: 'export.written', object: `export:${ask.kind}`, details })
    return written
  })
}

/** The files behind the first one, where the rows do not fit into it: `people-2.xlsx`. */
function numbered(path: string, n: number): string {
  if (n === 1) return path
  const { dir, name, ext } = parse(path)
  return `${dir === '' ? '' : `${dir}/`}${name}-${n}${ext}`
}

function pathOf({ out }: Options): string {
  if (typeof out !== 'string' || out === '') throw new UsageError('expected --out and the path to write to')
  return out
}

function languageOf({ language }: Options): Language {
  const known = languages.find((one) => one === (language ?? languages[0]))
  if (!known) throw new UsageError(`there is no language ${String(language)}: ${languages.join(', ')}`)
  return known
}

function zoneOf(kind: ExportAsk['kind'], env: Env): string {
  const zones = readConfig(serviceEnv.pick({ SCHEDULE_TIMEZONE: true, SOURCE_TIMEZONE: true }), env)
  return isOfTheRailway(kind) ? zones.SOURCE_TIMEZONE : zones.SCHEDULE_TIMEZONE
}

function periodOf({ from, to }: Options, today: string): Period {
  const first = dayOf('from', from, today)
  const last = dayOf('to', to, today)
  if (first && last && last.until < first.from) throw new UsageError('--from is after --to')
  return { from: first?.from, until: last?.until }
}

function dayOf(name: string, text: Options[string], today: string) {
  if (typeof text !== 'string') return undefined
  const read = readPeriod(text, today)
  const { from, until } = read.kind === 'period' ? read.period : {}
  if (from === undefined || until === undefined) throw new UsageError(`--${name} is not a day until today: ${text}`)
  return { from, until }
}
