import { defineAction } from '../../routing/action.ts'
import { count, optional, pageNumber, rowId, rowIdOrNone } from '../../routing/parameters.ts'

/** Without a broadcast all deliveries are listed. */
export const showUnknown = defineAction('unknown-show', { broadcastId: rowIdOrNone })
export const turnUnknownPage = defineAction('unknown-page', { broadcastId: rowIdOrNone, page: pageNumber })
export const resendDelivery = defineAction('unknown-resend', {
  deliveryId: rowId,
  broadcastId: rowIdOrNone,
  page: pageNumber,
})
export const resendAll = defineAction('unknown-resend-all', { broadcastId: rowIdOrNone, deliveries: optional(count) })
