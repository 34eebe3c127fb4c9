import { defineAction } from '../../routing/action.ts'

/** An e-mail to the own addresses of the presser. */
export const mailMyself = defineAction('check-mail')
/** An example of an alert, to the presser alone. */
export const alertMyself = defineAction('check-alert')
/** The draft of a broadcast to admins. */
export const writeToAdmins = defineAction('check-broadcast')
/** A workbook with the present report of each subscriber on a sheet. */
export const orderSubscribers = defineAction('check-subscribers')
/** The own report of the presser, as its next slot will be. */
export const rehearseOwn = defineAction('check-report')
