import { defineAction } from '../../routing/action.ts'
import { optional, rowId } from '../../routing/parameters.ts'

/** Buttons from the time when a person had one address name none. */
const anAddress = { id: optional(rowId) }

export const showEmail = defineAction('email-show', anAddress)
export const askAddress = defineAction('email-add')
export const askCode = defineAction('email-code', anAddress)
export const askEmailName = defineAction('email-name', { id: rowId })
export const pauseEmail = defineAction('email-pause', { id: rowId })
export const resumeEmail = defineAction('email-resume', { id: rowId })
/** Also under the notice that an address is refused. */
export const tryEmailAgain = defineAction('email-again', { id: rowId })
export const askToRemoveEmail = defineAction('email-remove', anAddress)
export const removeEmail = defineAction('email-remove-yes', anAddress)
