import type { Language, MomentReader } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { type CardPart, cardParts } from './card/card-parts.ts'
import type { ViewSettings } from './view-settings.ts'

/** The reader, the time and the settings of a view. */
export interface ViewOptions {
  readonly language: Language
  readonly now: Date
  readonly settings: ViewSettings
  /** The reader's zone; the zone of the source by default. */
  readonly zone?: string | undefined
  /** Parts that the reader has hidden. */
  readonly hidden?: readonly CardPart[]
}

/** How a view writes moments: all in the one zone of its reader, or else in that of the source. */
export function momentReaderOf({
  language,
  now,
  zone,
  settings,
}: Pick<ViewOptions, 'language' | 'now' | 'zone' | 'settings'>): MomentReader {
  return { language, now, zone: zone ?? settings.sourceZone }
}

/** The view options of the person of the update. */
export function viewOptionsOf({ language, now, person }: BotContext, settings: ViewSettings): ViewOptions {
  const hidden = cardParts.filter((part) => person.hiddenCardParts.includes(part))
  return { language, now, settings, zone: person.zone ?? undefined, hidden }
}
