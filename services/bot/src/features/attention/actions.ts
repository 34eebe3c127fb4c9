import { attentionReasons } from '@atermtrack/domain'
import { defineAction } from '../../routing/action.ts'
import { containerNumber, count, oneOf, pageNumber } from '../../routing/parameters.ts'

/** Whose containers a list is about, and which of them it shows; a container is opened from a list and leads back to it. */
const list = { whose: oneOf('own', 'all'), shown: oneOf('any', 'hidden', ...attentionReasons) }
const place = { container: containerNumber, ...list }

export const showAttention = defineAction('attn-list', { ...list, page: pageNumber })
export const openAttention = defineAction('attn-open', place)
export const takeContainer = defineAction('attn-take', place)
export const releaseContainer = defineAction('attn-free', place)
export const putOffContainer = defineAction('attn-later', { hours: count, ...place })
/** Asks until when a container is put off. */
export const askUntil = defineAction('attn-until', place)
export const hideContainer = defineAction('attn-hide', place)
export const showContainerAgain = defineAction('attn-show', place)
/** The containers of a train of which all say the same, named by any of them. */
export const openGroup = defineAction('attn-train', { ...place, page: pageNumber })
export const takeGroup = defineAction('attn-train-take', place)
export const releaseGroup = defineAction('attn-train-free', place)
export const putOffGroup = defineAction('attn-train-later', { hours: count, ...place })
export const hideGroup = defineAction('attn-train-hide', place)
export const showGroupAgain = defineAction('attn-train-show', place)
export const askForNote = defineAction('attn-note', place)
