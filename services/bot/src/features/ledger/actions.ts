import { deliveryLedger } from '@atermtrack/data'
import { defineAction } from '../../routing/action.ts'
import { oneOf, pageNumber, rowId } from '../../routing/parameters.ts'

export const showLedger = defineAction('ledger', {
  filter: oneOf(...deliveryLedger.ledgerFilters),
  page: pageNumber,
})
export const listOwnReports = defineAction('ledger-own', { page: pageNumber })
/** To the chat. */
export const sendReportAgain = defineAction('ledger-again', { reportId: rowId })
/** To the addresses that it went to. */
export const mailReportAgain = defineAction('ledger-mail', { reportId: rowId })
