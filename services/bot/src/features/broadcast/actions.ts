import { defineAction } from '../../routing/action.ts'
import { count, rowId } from '../../routing/parameters.ts'

/** The admin has confirmed this number of recipients. */
export const sendBroadcast = defineAction('broadcast-send', { broadcastId: rowId, recipients: count })
export const rewriteDraft = defineAction('broadcast-rewrite', { broadcastId: rowId })
export const dropDraft = defineAction('broadcast-drop', { broadcastId: rowId })
export const pauseBroadcast = defineAction('broadcast-pause', { broadcastId: rowId })
export const resumeBroadcast = defineAction('broadcast-resume', { broadcastId: rowId })
export const askToStop = defineAction('broadcast-stop', { broadcastId: rowId })
export const cancelBroadcast = defineAction('broadcast-cancel', { broadcastId: rowId })
