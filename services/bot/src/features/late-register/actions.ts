import { defineAction } from '../../routing/action.ts'
import { oneOf, optional, pageNumber, type Parameter, rowIdOrNone } from '../../routing/parameters.ts'
import { bad } from '../../routing/parameters.ts'

/** The first day of a month, `YYYY-MM-01`, which buttons carry as `YYYY-MM`. */
const monthStart: Parameter<string> = {
  write: (month) => month.slice(0, 7),
  read: (text = '') => (/^20\d{2}-(?:0[1-9]|1[0-2])$/.test(text) ? `${text}-01` : bad),
}

export const showRegister = defineAction('late-show', { companyId: optional(rowIdOrNone) })
/** Also under the notice that a period for claims ends. */
export const orderRegister = defineAction('late-order', { month: monthStart, companyId: optional(rowIdOrNone) })
export const chooseCompany = defineAction('late-company', { page: pageNumber })
export const toggleWish = defineAction('late-wish', { wish: oneOf('monthly', 'warned') })
