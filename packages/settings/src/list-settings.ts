import { type Db, type RecordedChange, type StoredSetting, storedSettings } from '@atermtrack/data'
import { findSettingName, type SettingName, settingNames } from '@atermtrack/domain'
import { checkSetting, defaultOf } from './check-setting.ts'

/** A setting with its default, its value and the change behind it, for people. */
export interface SettingState {
  readonly name: SettingName
  /** The value without a change of an admin; empty for none. */
  readonly standard: string
  /** The stored value of an admin. */
  readonly stored: string | undefined
  /** The value that counts: the stored one where it fits this release. */
  readonly value: string
  /** The stored value does not fit this release. */
  readonly isUnfit: boolean
  readonly changed: RecordedChange | undefined
}

/** All settings that are changed at run time, and the names of other releases among the stored ones. */
export async function listSettings(
  db: Db,
): Promise<{ readonly settings: readonly SettingState[]; readonly unknown: readonly StoredSetting[] }> {
  const stored = await storedSettings.list(db)
  const defaults = await storedSettings.listDefaults(db)
  const changes = await storedSettings.listNewestChanges(db)
  const valueIn = (rows: readonly StoredSetting[], wanted: SettingName) =>
    rows.find(({ name }) => name === wanted)?.value
  const settings = settingNames.map((name) => {
    const own = valueIn(stored, name)
    const standard = valueIn(defaults, name) ?? defaultOf(name)
    const isUnfit = own !== undefined && checkSetting(name, own).kind === 'refused'
    const value = own === undefined || isUnfit ? standard : own
    return { name, standard, stored: own, value, isUnfit, changed: changes.find((change) => change.name === name) }
  })
  return { settings, unknown: stored.filter(({ name }) => findSettingName(name) === undefined) }
}

/** One setting with its state. */
export async function findSetting(db: Db, name: SettingName): Promise<SettingState> {
  const { settings } = await listSettings(db)
  const found = settings.find((setting) => setting.name === name)
  if (!found) throw new Error(`there is no setting ${name}`)
  return found
}
