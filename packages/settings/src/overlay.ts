import { type Db, type StoredSetting, storedSettings } from '@atermtrack/data'
import { findSettingName, type SettingName } from '@atermtrack/domain'
import type { Env } from '@atermtrack/runtime'
import { checkSetting } from './check-setting.ts'

/** The environment with the stored settings over it, and what became of each of these. */
export interface Overlay {
  readonly env: Env
  readonly overridden: readonly SettingName[]
  /** Stored values that do not fit the schema of this release: the environment counts. */
  readonly unfit: readonly SettingName[]
  /** Names of another release, which are left alone. */
  readonly unknown: readonly string[]
}

/** The environment with the settings that are stored now, for a process that reads it once. */
export async function readOverEnvironment(db: Db, env: Env): Promise<Env> {
  return overlay(env, await storedSettings.list(db)).env
}

/** Lays stored settings over the environment. */
export function overlay(env: Env, stored: readonly StoredSetting[]): Overlay {
  const values: Partial<Record<SettingName, string>> = {}
  const unfit: SettingName[] = []
  const unknown: string[] = []
  for (const { name, value } of stored) {
    const known = findSettingName(name)
    if (known === undefined) unknown.push(name)
    else if (checkSetting(known, value).kind === 'refused') unfit.push(known)
    else values[known] = value
  }
  return { env: { ...env, ...values }, overridden: Object.keys(values) as SettingName[], unfit, unknown }
}
