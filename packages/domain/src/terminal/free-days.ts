import { normaliseLabel } from '../cells/header.ts'

const dayMs = 86_400_000
const anything = '*'

/** Days at a terminal without a charge. `undefined` in a name fits every value. */
export interface FreeDays {
  readonly terminal: string | undefined
  readonly size: string | undefined
  readonly direction: string | undefined
  readonly days: number
  /** Price of each further day in roubles, where it is known. */
  readonly dayRate: number | undefined
}

/**
 * Reads rules such as `ВСК;40;Селятино=7:1500, *;*;*=5`: terminal, size and direction, of which `*` fits every value, then the days
 * without a charge and the roubles a day after them where they are known. Undefined when one of them is none.
 */
export function parseFreeDays(text: string): readonly FreeDays[] | undefined {
  const rules = text
    .split(',')
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map(parseRule)
  return rules.every((rule) => rule !== undefined) ? rules : undefined
}

function parseRule(rule: string): FreeDays | undefined {
  const found =
    /^(?<terminal>[^;=]+);(?<size>[^;=]+);(?<direction>[^;=]+)=(?<days>\d{1,3})(?::(?<rate>\d{1,7}))?$/u.exec(rule)
  if (!found?.groups) return undefined
  const { terminal = '', size = '', direction = '', days, rate } = found.groups
  const named = (value: string) => (value.trim() === anything ? undefined : value.trim())
  return {
    terminal: named(terminal),
    size: named(size),
    direction: named(direction),
    days: Number(days),
    dayRate: rate === undefined ? undefined : Number(rate),
  }
}

/** The values of a stay that rules of free days name. */
export interface StayOfRule {
  readonly terminal: string | undefined
  readonly size: string | undefined
  readonly direction: string | undefined
}

/** The first rule that fits counts, so that those of one terminal stand before those of all. */
export function freeDaysOf(stay: StayOfRule, rules: readonly FreeDays[]): FreeDays | undefined {
  const fits = (rule: string | undefined, value: string | undefined) =>
    rule === undefined || (value !== undefined && normaliseLabel(value).startsWith(normaliseLabel(rule)))
  return rules.find(
    (rule) => fits(rule.terminal, stay.terminal) && fits(rule.size, stay.size) && fits(rule.direction, stay.direction),
  )
}

/** How a stay stands to its days without a charge; undefined where no rule fits, or no report names the arrival. */
export interface Storage {
  readonly freeDays: number
  /** The first moment that is charged. */
  readonly chargedFrom: Date
  /** Whole days that are left of them. */
  readonly freeDaysLeft: number
  /** Begun days with a charge. */
  readonly chargedDays: number
  /** Roubles so far, where the price of a day is known. */
  readonly charge: number | undefined
}

/** Measured at the report: time does not pass by itself between two of them. */
export function storageOf(
  stay: StayOfRule & { readonly arrivedAt: Date | undefined },
  asOf: Date,
  rules: readonly FreeDays[],
): Storage | undefined {
  const rule = stay.arrivedAt && freeDaysOf(stay, rules)
  if (!stay.arrivedAt || !rule) return undefined
  const chargedFrom = new Date(stay.arrivedAt.getTime() + rule.days * dayMs)
  const chargedDays = Math.max(0, Math.ceil((asOf.getTime() - chargedFrom.getTime()) / dayMs))
  return {
    freeDays: rule.days,
    chargedFrom,
    freeDaysLeft: Math.max(0, Math.floor((chargedFrom.getTime() - asOf.getTime()) / dayMs)),
    chargedDays,
    charge: rule.dayRate === undefined ? undefined : chargedDays * rule.dayRate,
  }
}
