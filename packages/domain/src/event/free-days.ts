import type { FreeDays } from './container-past.ts'

const anything = '*'

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
