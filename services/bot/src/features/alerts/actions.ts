import { defineAction } from '../../routing/action.ts'
import { oneOf, pageNumber, rowId } from '../../routing/parameters.ts'

const alert = { alert: rowId }

/** Sends the containers of a message as a new message. */
export const openAlert = defineAction('alert-list', alert)
export const showAlertPage = defineAction('alert-page', { ...alert, page: pageNumber })
export const stopKind = defineAction('alert-stop', alert)
export const resumeKind = defineAction('alert-resume', alert)
export const showAlertSettings = defineAction('alert-settings')
export const chooseQuietAlerts = defineAction('alert-quiet', { how: oneOf('silent', 'hold') })
