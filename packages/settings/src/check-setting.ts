import { storedSettings } from '@atermtrack/data'
import { type SettingName, tidySetting } from '@atermtrack/domain'
import type { z } from 'zod'
import { settingSchemas } from './setting-schemas.ts'

/** The text to store for a setting, or the reason in English why it is refused. */
export type CheckedSetting =
  | { readonly kind: 'fits'; readonly value: string }
  | { readonly kind: 'refused'; readonly reason: string }

// Neither what PostgreSQL cannot store, nor what turns text around or hides it.
const controls = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u

/** Checks a typed value by the schema of the setting. */
export function checkSetting(name: SettingName, typed: string): CheckedSetting {
  if (typed.length > storedSettings.longestValue)
    return refused(`expected at most ${storedSettings.longestValue} characters`)
  const value = tidySetting(name, typed)
  if (value === '') return refused('expected a value')
  if (controls.test(value.replaceAll('\n', ''))) return refused('expected text without control characters')
  const { success, error } = settingSchemas[name].safeParse(value)
  return success ? { kind: 'fits', value } : refused(error.issues[0]?.message ?? 'expected another value')
}

function refused(reason: string): CheckedSetting {
  return { kind: 'refused', reason }
}

/** The value that counts where neither the environment nor an admin has set one, as it would be typed; empty for none. */
export function defaultOf(name: SettingName): string {
  const { def } = settingSchemas[name] as z.ZodType as { readonly def: { readonly defaultValue?: unknown } }
  const { defaultValue = '' } = def
  return Array.isArray(defaultValue) ? defaultValue.join(', ') : String(defaultValue)
}

/** The smallest and the largest number that a setting takes; undefined for one that is no number. */
export function rangeOf(name: SettingName): { readonly from: number; readonly until: number } | undefined {
  const { def } = settingSchemas[name] as z.ZodType as { readonly def: { readonly innerType?: z.ZodType } }
  const inner = def.innerType as Partial<z.ZodNumber> | undefined
  const { minValue: from, maxValue: until } = inner ?? {}
  return typeof from === 'number' && typeof until === 'number' ? { from, until } : undefined
}
