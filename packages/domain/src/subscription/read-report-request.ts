import { readDays } from '../question/measures/read-days.ts'
import { parseSlot, type Slot } from '../schedule/schedule.ts'

/** A report of a subscription that somebody asks for: as the next slot will be, or as a past moment was. */
export type ReportRequest =
  | { readonly kind: 'rehearsal' }
  | {
      readonly kind: 'past'
      /** `YYYY-MM-DD` */
      readonly localDate: string
      /** Undefined where the text names none. */
      readonly slot: Slot | undefined
    }

const longestText = 100
const rehearsal =
  /^(?:пришли(?:те)? |покажи(?:те)? |send |show )?(?:мне |me )?(?:отчет |(?:a |the )?report )?(?:как|as|like) (?:будет |it will be )?(?:завтра|tomorrow)(?: (?:в |at )?[\d:.]{1,5})?$/u
const past =
  /^(?:пришли(?:те)? |покажи(?:те)? |send |show )?(?:мне |me )?(?:отчет|(?:the )?report) (?:за|на|от|for|of) (.+)$/u

/**
 * Reads «пришли как завтра в 09:00» and «отчёт за 12 ноября 09:00», Russian or English; `today` is `YYYY-MM-DD`. Undefined for
 * anything else, also for a day that is not in the past or today.
 */
export function readReportRequest(text: string, today: string): ReportRequest | undefined {
  if (text.length > longestText) return undefined
  const words = text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s+/g, ' ')
    .replace(/[?!.…]+$/u, '')
    .trim()
  if (rehearsal.test(words)) return { kind: 'rehearsal' }
  const [, asked] = past.exec(words) ?? []
  const read = asked === undefined ? undefined : readDays(asked, today)
  if (asked === undefined || !read || read.days.from !== read.days.to || read.days.to > today) return undefined
  const rest = asked.split(' ').slice(read.length).join(' ')
  if (rest === '') return { kind: 'past', localDate: read.days.from, slot: undefined }
  const slot = parseSlot(rest.replace(/^(?:в|на|at) /u, ''))
  return slot && { kind: 'past', localDate: read.days.from, slot }
}
