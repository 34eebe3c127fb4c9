import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { escapeHtml } from '../../format/html.ts'
import { dayText } from '../../format/moments.ts'
import { button, defineNotice } from '../notice.ts'

const day = z.iso.date()
const month = z.string().regex(/^\d{4}-\d{2}-01$/)

/** The subject of a register as plain text: month, train, company. */
export function aboutRegister({ month, trainCode, company }: RegisterSubject, language: Language): string {
  const words = catalogue[language].lateRegister
  return [month === undefined ? undefined : words.month(month), trainCode, company].filter(Boolean).join(', ')
}

export interface RegisterSubject {
  /** First day, `YYYY-MM-01`. */
  readonly month?: string | undefined
  readonly trainCode?: string | undefined
  readonly company?: string | undefined
}

/** In place of a register: nothing was late. */
export const lateRegisterEmpty = defineNotice(
  z.object({ month: month.optional(), trainCode: z.string().optional(), company: z.string().optional() }),
  (subject, { language }) => ({ html: catalogue[language].lateRegister.empty(aboutRegister(subject, language)) }),
)

/** Claims against the carrier can be made only for some days more. */
export const claimsEnd = defineNotice(
  z.object({
    /** How many waybills there are in all. */
    count: z.int(),
    /** The first of them, with the last day of each period. */
    waybills: z.array(z.object({ waybill: z.string().nullable(), days: z.int(), until: day })).min(1),
    lastDay: day,
    /** Whose register holds them. */
    month,
  }),
  ({ count, waybills, lastDay, month: ofMonth }, { language }) => {
    const words = catalogue[language].lateRegister
    const [first] = waybills
    const lines = waybills.map(({ waybill, days, until }) =>
      words.warningLine(escapeHtml(waybill ?? words.noWaybill), days, dayText(until, language)),
    )
    const rest = count - waybills.length
    return {
      html: [
        words.warning(count, dayText(first?.until ?? lastDay, language), dayText(lastDay, language)),
        ...lines,
        ...(rest > 0 ? [words.warningMore(rest)] : []),
      ].join('\n'),
      buttons: [[button(words.order(words.month(ofMonth)), 'late-order', ofMonth.slice(0, 7))]],
    }
  },
)
