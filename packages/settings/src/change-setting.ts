import { audit, type Db, storedSettings } from '@atermtrack/data'
import { findSettingName, type SettingName } from '@atermtrack/domain'
import { checkSetting } from './check-setting.ts'

export interface SettingChange {
  readonly name: SettingName
  /** The typed text; undefined gives the setting back to the environment. */
  readonly typed: string | undefined
  /** The stored value that the change is meant for. */
  readonly before: string | undefined
  readonly actor: { readonly actorId?: number; readonly updateId?: number; readonly command?: string }
}

export type ChangeResult =
  | { readonly kind: storedSettings.ChangeOutcome }
  | { readonly kind: 'refused'; readonly reason: string }

/** Removes the stored value of another release; false when there is none. */
export async function removeForeignSetting(
  tx: Db,
  { name, actor }: { readonly name: string; readonly actor: SettingChange['actor'] },
): Promise<boolean> {
  const before = await storedSettings.find(tx, name)
  if (before === undefined || findSettingName(name) !== undefined) return false
  if ((await storedSettings.change(tx, { name, value: undefined, before, actor })) !== 'changed') return false
  const details = { from: before.slice(0, longestInAudit) }
  await audit.insert(tx, { ...actor, action: 'setting.reset', object: `setting:${name}`, details })
  return true
}

const longestInAudit = 200

/** Checks a new value, stores it and records it in the audit. */
export async function changeSetting(tx: Db, { name, typed, before, actor }: SettingChange): Promise<ChangeResult> {
  const checked = typed === undefined ? undefined : checkSetting(name, typed)
  if (checked?.kind === 'refused') return checked
  const value = checked?.value
  const kind = await storedSettings.change(tx, { name, value, before, actor })
  if (kind !== 'changed') return { kind }
  const details = {
    ...(before !== undefined && { from: before.slice(0, longestInAudit) }),
    ...(value !== undefined && { to: value.slice(0, longestInAudit) }),
  }
  const action = value === undefined ? 'setting.reset' : 'setting.changed'
  await audit.insert(tx, { ...actor, action, object: `setting:${name}`, details })
  return { kind }
}
