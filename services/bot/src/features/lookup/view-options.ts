import type { Language } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { type CardPart, cardParts } from './card/card-parts.ts'
import type { ViewSettings } from './view-settings.ts'

/** For whom, when and how something is shown. */
export interface ViewOptions {
  readonly language: Language
  readonly now: Date
  readonly settings: ViewSettings
  /** The reader's own; without one, the zone of the source counts. */
  readonly zone?: string | undefined
  /** Parts that the reader does not want. */
  readonly hidden?: readonly CardPart[]
}

/** As the person of the update wants to see it. */
export function viewOptionsOf({ language, now, person }: BotContext, settings: ViewSettings): ViewOptions {
  const hidden = cardParts.filter((part) => person.hiddenCardParts.includes(part))
  return { language, now, settings, zone: person.zone ?? undefined, hidden }
}
