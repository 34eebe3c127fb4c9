import type { StoredSetting } from '@atermtrack/data'
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
