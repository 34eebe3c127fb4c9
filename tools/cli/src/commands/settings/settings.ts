import { type RecordedChange, storedSettings } from '@atermtrack/data'
import { findSettingName, isRiskyChange, type SettingName } from '@atermtrack/domain'
import { configTexts } from '@atermtrack/messages'
import {
  changeSetting,
  checkSetting,
  findSetting,
  listSettings,
  removeForeignSetting,
  type SettingState,
} from '@atermtrack/settings'
import { type Command, type CommandInput, UsageError } from '../../command.ts'
import { openDatabase } from '../../connections.ts'

const texts = configTexts.en
const mostChanges = 200

export const listSettingsCommand: Command = {
  right: 'change_settings',
  usage: '',
  about: 'list the settings that can be changed at run time, what counts, and who has changed it',
  async run({ env, table, print }) {
    await using db = openDatabase(env)
    const { settings, unknown } = await listSettings(db)
    table(
      ['name', 'value', 'default', 'changed', 'by', 'at (UTC)', 'note'],
      settings.map((state) => {
        const { name, value, standard, stored, changed } = state
        const isChanged = stored === undefined ? null : 'yes'
        return [name, value, standard, isChanged, changed && authorOf(changed), changed?.changedAt, noteOf(state)]
      }),
    )
    if (unknown.length > 0)
      print(`settings of another release, left alone: ${unknown.map(({ name }) => name).join(', ')}`)
  },
}

export const getSettingCommand: Command = {
  right: 'change_settings',
  usage: '<name>',
  about: 'show a setting: what it means, what counts and its default',
  async run({ args, env, print, table }) {
    const name = readName(args[0])
    await using db = openDatabase(env)
    const state = await findSetting(db, name)
    print(texts.about[name])
    table(
      ['name', 'value', 'default', 'stored', 'note'],
      [[name, state.value, state.standard, state.stored, noteOf(state)]],
    )
  },
}

export const setSettingCommand: Command = {
  right: 'change_settings',
  usage: '<name> <value> … [--yes]',
  about:
    'change a setting for all services; --yes for a value that decides who may send, the zone, or a very low limit',
  options: { yes: { type: 'boolean' } },
  async run({ args, options, env, print, actor }) {
    const name = readName(args[0])
    const checked = checkSetting(name, args.slice(1).join(' '))
    if (checked.kind === 'refused') throw new UsageError(`${name}: ${checked.reason}`)
    if (isRiskyChange(name, checked.value) && options['yes'] !== true)
      throw new Error(`${name} would be "${checked.value}": add --yes if that is meant`)
    await change({ env, print, actor }, name, checked.value)
  },
}

export const resetSettingCommand: Command = {
  right: 'change_settings',
  usage: '<name>',
  about: 'give a setting back to the environment; also one of another release',
  async run({ args, env, print, actor }) {
    const known = findSettingName(args[0] ?? '')
    if (known !== undefined) return change({ env, print, actor }, known, undefined)
    await using db = openDatabase(env)
    const name = args[0] ?? ''
    if (!(await db.transaction().execute((tx) => removeForeignSetting(tx, { name, actor }))))
      throw new UsageError('expected the name of a setting, see settings list')
    print(`${name} is removed`)
  },
}

export const settingHistoryCommand: Command = {
  right: 'change_settings',
  usage: '[--name <name>]',
  options: { name: { type: 'string' } },
  about: `list the newest ${mostChanges} changes of a setting, or of all`,
  async run({ options, env, table }) {
    const name = typeof options['name'] === 'string' ? readName(options['name']) : undefined
    await using db = openDatabase(env)
    const { rows } = await storedSettings.listChanges(db, { ...(name && { name }), offset: 0, limit: mostChanges })
    table(
      ['at (UTC)', 'name', 'by', 'before', 'after'],
      rows.map((row) => [row.changedAt, row.name, authorOf(row), row.before ?? '(default)', row.after ?? '(default)']),
    )
  },
}

type Place = Pick<CommandInput, 'env' | 'print' | 'actor'>

async function change({ env, print, actor }: Place, name: SettingName, typed: string | undefined): Promise<void> {
  await using db = openDatabase(env)
  const kind = await db.transaction().execute(async (tx) => {
    const before = await storedSettings.find(tx, name)
    const result = await changeSetting(tx, { name, typed, before, actor })
    if (result.kind === 'refused') throw new Error(result.reason)
    if (result.kind === 'overtaken') throw new Error('somebody has changed this setting in this very moment, try again')
    return result.kind
  })
  const { value } = await findSetting(db, name)
  print(`${name} ${kind === 'same' ? 'is' : 'is now'} ${value === '' ? '(not set)' : `"${value}"`}`)
}

function readName(text: string | undefined): SettingName {
  const name = findSettingName(text ?? '')
  if (name === undefined) throw new UsageError('expected the name of a setting, see settings list')
  return name
}

function noteOf({ isUnfit, stored }: SettingState): string | null {
  return isUnfit ? `the stored value "${stored}" does not fit this release` : null
}

function authorOf({ changedByName, changedBy, command }: RecordedChange): string {
  if (changedByName !== null) return changedByName
  return command ?? (changedBy === null ? '' : '(erased)')
}
