import { parseArgs } from 'node:util'
import { may } from '@atermtrack/domain'
import type { Env } from '@atermtrack/runtime'
import { type Command, UsageError } from './command.ts'
import { jsonOutput, textOutput } from './output.ts'
import {
  acceptWorkbookCommand,
  rejectWorkbookCommand,
  replayWorkbookCommand,
  showWorkbookCommand,
} from './commands/workbooks/decide-workbooks.ts'
import {
  createBackupCommand,
  dailyBackupCommand,
  listBackupsCommand,
  restoreBackupCommand,
  verifyBackupCommand,
} from './commands/backup.ts'
import {
  cancelBroadcastCommand,
  recallBroadcastCommand,
  listBroadcastsCommand,
  pauseBroadcastCommand,
  resumeBroadcastCommand,
  showBroadcastCommand,
} from './commands/broadcasts.ts'
import { addCompanyCommand, companyClientsCommand, listCompaniesCommand } from './commands/companies.ts'
import { listDeliveriesCommand, unknownDeliveriesCommand } from './commands/deliveries.ts'
import { exportCommand } from './commands/export.ts'
import { statsCommand } from './commands/stats.ts'
import { listMailCommand, retryMailCommand } from './commands/mail.ts'
import {
  addMailListCommand,
  changeMailListCommand,
  listMailListsCommand,
  removeMailListCommand,
} from './commands/mail-lists.ts'
import { migrateCommand } from './commands/migrate.ts'
import { dismissCommand, erasePersonCommand, grantCommand, listPeopleCommand } from './commands/people.ts'
import { failedJobsCommand, listQueuesCommand, retryJobsCommand } from './commands/queues.ts'
import { createTrainCommand, listTrainsCommand, moveContainersCommand } from './commands/trains/trains.ts'
import { listSourcesCommand } from './commands/sources.ts'
import { listSchedulersCommand, pruneSchedulersCommand } from './commands/schedulers.ts'
import { rehearseReportCommand } from './commands/rehearse-report.ts'
import { listAuditCommand } from './commands/inspecting/audit.ts'
import { healthCommand } from './commands/inspecting/health.ts'
import { refCommand } from './commands/inspecting/ref.ts'
import { whyCommand } from './commands/inspecting/why.ts'
import {
  getSettingCommand,
  listSettingsCommand,
  resetSettingCommand,
  setSettingCommand,
  settingHistoryCommand,
} from './commands/settings/settings.ts'
import { importFilesCommand } from './commands/workbooks/import-files.ts'
import { saveWorkbookCommand } from './commands/workbooks/save-workbook.ts'
import { mapColumnsCommand } from './commands/workbooks/map-columns.ts'
import { listWorkbooksCommand } from './commands/workbooks/list-workbooks.ts'
import { undoWorkbookCommand } from './commands/workbooks/undo-workbook.ts'

const commands: Readonly<Record<string, Command>> = {
  migrate: migrateCommand,
  'queues list': listQueuesCommand,
  'queues failed': failedJobsCommand,
  'queues retry': retryJobsCommand,
  'schedulers list': listSchedulersCommand,
  'schedulers prune': pruneSchedulersCommand,
  import: importFilesCommand,
  'workbooks list': listWorkbooksCommand,
  'workbooks show': showWorkbookCommand,
  'workbooks accept': acceptWorkbookCommand,
  'workbooks reject': rejectWorkbookCommand,
  'workbooks replay': replayWorkbookCommand,
  'workbooks undo': undoWorkbookCommand,
  'workbooks teach': mapColumnsCommand,
  'workbooks save': saveWorkbookCommand,
  'mail list': listMailCommand,
  'mail retry': retryMailCommand,
  'mail-lists list': listMailListsCommand,
  'mail-lists add': addMailListCommand,
  'mail-lists change': changeMailListCommand,
  'mail-lists remove': removeMailListCommand,
  'sources list': listSourcesCommand,
  'trains list': listTrainsCommand,
  'trains create': createTrainCommand,
  'trains move': moveContainersCommand,
  'people list': listPeopleCommand,
  'people grant': grantCommand,
  'people dismiss': dismissCommand,
  'people erase': erasePersonCommand,
  'companies list': listCompaniesCommand,
  'companies add': addCompanyCommand,
  'companies clients': companyClientsCommand,
  'broadcasts list': listBroadcastsCommand,
  'broadcasts show': showBroadcastCommand,
  'broadcasts pause': pauseBroadcastCommand,
  'broadcasts resume': resumeBroadcastCommand,
  'broadcasts cancel': cancelBroadcastCommand,
  'broadcasts recall': recallBroadcastCommand,
  'report rehearse': rehearseReportCommand,
  'deliveries list': listDeliveriesCommand,
  'deliveries unknown': unknownDeliveriesCommand,
  'backup create': createBackupCommand,
  'backup daily': dailyBackupCommand,
  'backup list': listBackupsCommand,
  'backup verify': verifyBackupCommand,
  'backup restore': restoreBackupCommand,
  'settings list': listSettingsCommand,
  'settings get': getSettingCommand,
  'settings set': setSettingCommand,
  'settings reset': resetSettingCommand,
  'settings history': settingHistoryCommand,
  export: exportCommand,
  stats: statsCommand,
  'audit list': listAuditCommand,
  health: healthCommand,
  ref: refCommand,
  why: whyCommand,
}

/** Other words for the first word of a command. */
const aliases: Readonly<Record<string, string>> = { imports: 'workbooks' }

export interface CliOptions {
  readonly env: Env
  readonly print: (text: string) => void
}

/**
 * Runs one command; returns the exit code: 0, 1 for a command that failed, 2 for a command line that is not usable. Every command takes
 * `--json` and `--help`.
 */
export async function runCli(args: readonly string[], { env, print }: CliOptions): Promise<number> {
  const found = findCommand(args)
  const asksForHelp = args.includes('--help') || args[0] === 'help'
  if (args.length === 0 || asksForHelp) {
    print(found ? helpOn(found.name, found.command) : help())
    return args.length === 0 ? 2 : 0
  }
  if (!found) {
    print(`there is no command "${args.slice(0, 2).join(' ')}"\n\n${help()}`)
    return 2
  }
  const { command, name, rest } = found
  const output = rest.includes('--json') ? jsonOutput(print) : textOutput(print)
  try {
    if (!may('command_line', command.right)) throw new Error('this is not for the command line')
    const { values, positionals } = parse(command, rest)
    await command.run({
      ...output,
      args: positionals,
      options: values,
      env,
      actor: { command: name },
    })
    output.end()
    return 0
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (!(error instanceof UsageError)) {
      output.end(message)
      return 1
    }
    print(`${message}\n\n${helpOn(name, command)}`)
    return 2
  }
}

interface FoundCommand {
  readonly name: string
  readonly command: Command
  /** The arguments after the name. */
  readonly rest: readonly string[]
}

function findCommand([first = '', ...others]: readonly string[]): FoundCommand | undefined {
  const args = [Object.hasOwn(aliases, first) ? (aliases[first] ?? first) : first, ...others]
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(' ')
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command) return { name, command, rest: args.slice(length) }
  }
  return undefined
}

function parse({ options = {}, usage }: Command, args: readonly string[]) {
  const parsed = parseStrictly(options, args)
  const surplus = usage.includes('…') ? undefined : parsed.positionals[countArguments(usage)]
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many`)
  return parsed
}

function parseStrictly(options: NonNullable<Command['options']>, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...options, json: { type: 'boolean' } }, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Counts the arguments of a usage without the values of its options. */
function countArguments(usage: string): number {
  return usage.replaceAll(/--[a-z-]+ <[^>]+>/g, '').match(/<[^>]+>/g)?.length ?? 0
}

function help(): string {
  const lines = Object.entries(commands).map(([name, command]) => usageOf(name, command))
  const always = [
    '  imports …',
    '      the same as workbooks …',
    '  --json',
    '      with every command: the result as one JSON object',
    '  --help',
    '      with every command: how it is used',
  ]
  return ['npm run cli -- <command>', '', ...lines, ...always].join('\n')
}

function helpOn(name: string, command: Command): string {
  return `npm run cli --\n${usageOf(name, command)}\n\nAll commands: npm run cli -- --help`
}

function usageOf(name: string, { usage, about }: Command): string {
  return `  ${`${name} ${usage}`.trim()}\n      ${about}`
}
