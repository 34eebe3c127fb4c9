import type { Filter } from '../filter.ts'
import { wordsOf } from '../words.ts'

const between =
  '(?: (?:км|километр\\p{L}*|еще|осталось|нам|им|ехать|идти|km|kilomet\\p{L}*|is|it|are|they|still|left))*'
const distance = new RegExp(
  `(?:^| )(?:сколько${between} (?:до|к)|(?:далеко|долго)(?: ли)?${between} (?:до|к)|how far${between}(?: (?:to|from|is))?|how many (?:km|kilomet\\p{L}*)${between}(?: to)?|(?:km|kilomet\\p{L}*) (?:left )?to)(?= |$)`,
  'u',
)

/** Whether a question is how far containers are from a place where they go: «сколько до Москвы», and not how many go there. */
export function asksForKm(text: string, { places, states }: Filter): boolean {
  const isBound = places.some(({ role }) => role === 'destination')
  if (!isBound || states.some((state) => state !== 'underway')) return false
  return distance.test(
    wordsOf(text)
      .map((word) => word.text)
      .join(' '),
  )
}
