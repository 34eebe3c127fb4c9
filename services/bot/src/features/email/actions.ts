import { defineAction } from '../../routing/action.ts'

export const showEmail = defineAction('email-show')
export const askAddress = defineAction('email-add')
export const askCode = defineAction('email-code')
export const askToRemoveEmail = defineAction('email-remove')
export const removeEmail = defineAction('email-remove-yes')
