import { languages } from '@atermtrack/messages'
import { defineAction } from '../../routing/action.ts'
import { cityZone, count, oneOf, optional, type Parameter, timeOfDay } from '../../routing/parameters.ts'
import { cardParts } from '../lookup/card/card-parts.ts'

/** A zone of the list, or `auto`. */
const zone: Parameter<string> = {
  write: cityZone.write,
  read: (text) => (text === 'auto' ? text : cityZone.read(text)),
}

const beginOfQuiet: Parameter<string> = {
  write: timeOfDay.write,
  read: (text) => (text === 'off' ? text : timeOfDay.read(text)),
}

export const showSettings = defineAction('set-show')
export const offerLanguages = defineAction('set-lang')
export const chooseLanguage = defineAction('set-lang-to', { language: oneOf(...languages, 'auto') })
/** Without a page number, the page with the person's own zone. */
export const offerZones = defineAction('set-zones', { page: optional(count) })
export const chooseZone = defineAction('set-zone', { zone })
export const typeZone = defineAction('set-zone-type')
export const offerQuietHours = defineAction('set-quiet')
export const chooseQuietHours = defineAction('set-quiet-to', { from: beginOfQuiet, until: optional(timeOfDay) })
export const typeQuietHours = defineAction('set-quiet-type')
export const offerCardParts = defineAction('set-card')
export const toggleCardPart = defineAction('set-card-part', { part: oneOf(...cardParts) })
