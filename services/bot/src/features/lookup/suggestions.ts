import { type Db, positions } from '@atermtrack/data'
import { type ContainerNumber, oneCharacterRepairs, rankSuggestions } from '@atermtrack/domain'
import type { InlineKeyboardMarkup } from 'telegraf/types'
import { callbackData } from '../../callback-data.ts'

/** The known containers that each piece may have been meant for, at most three, the likeliest first. */
export type Suggestions = ReadonlyMap<string, readonly ContainerNumber[]>

/** A list full of slips is better looked through by who wrote it. */
const mostPieces = 10

/** Looks for containers that differ from the pieces by one slip, in one statement, or none when no slip explains any piece. */
export async function findSuggestions(tx: Db, personId: number, pieces: readonly string[]): Promise<Suggestions> {
  const repairs = pieces.slice(0, mostPieces).map((piece) => [piece, oneCharacterRepairs(piece)] as const)
  const all = [...new Set(repairs.flatMap(([, numbers]) => numbers))]
  if (all.length === 0) return new Map()
  const tiers = await positions.findTiers(tx, all, personId)
  return new Map(repairs.map(([piece, numbers]) => [piece, rankSuggestions(numbers, (number) => tiers.get(number))]))
}

/** A button per suggestion when there is but one piece to explain. */
export function suggestionKeyboard(suggestions: Suggestions): InlineKeyboardMarkup | undefined {
  const [numbers, ...others] = [...suggestions.values()].filter(({ length }) => length > 0)
  if (!numbers || others.length > 0) return undefined
  return {
    inline_keyboard: numbers.map((number) => [{ text: `📦 ${number}`, callback_data: callbackData('card', number) }]),
  }
}
