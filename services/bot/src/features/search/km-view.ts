import type { FoundPosition } from '@atermtrack/data'
import { type Language, searchTexts as texts } from '@atermtrack/messages'
import { formatNumber, kmView } from '../lookup/card/distance.ts'

/** How far the containers still have to go, from the nearest to the farthest; none where no distance is known. */
export function farView(found: readonly FoundPosition[], language: Language): readonly string[] {
  const words = texts[language]
  const known = found.flatMap(({ kmLeft }) => (kmLeft === null ? [] : [kmLeft]))
  const unknown = found.length - known.length
  const [nearest, farthest] = [Math.min(...known), Math.max(...known)]
  const range =
    nearest === farthest
      ? kmView(nearest, language)
      : `${formatNumber(nearest, language)} – ${kmView(farthest, language)}`
  return [...(known.length > 0 ? [words.far(range)] : []), ...(unknown > 0 ? [words.farUnknown(unknown)] : [])]
}
