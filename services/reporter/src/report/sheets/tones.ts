import type { AttentionReason } from '@atermtrack/domain'
import type { ReportTexts } from '@atermtrack/messages'
import type { Tone, TonedValue } from '@atermtrack/workbook-writer'
import type { ShownRowStatus } from '../report-data.ts'

/** The colour of each status. */
export const statusTones: Readonly<Record<ShownRowStatus, Tone>> = {
  en_route: 'plain',
  at_origin: 'calm',
  standing: 'warn',
  abandoned: 'bad',
  at_destination: 'good',
  unloaded: 'done',
  issued: 'done',
  missing: 'gone',
  dropped: 'gone',
  other_trip: 'gone',
}

/** The colour of each reason to look at a container. */
export const reasonTones: Readonly<Record<AttentionReason, Tone>> = {
  abandoned: 'bad',
  late: 'bad',
  missing: 'gone',
  stuck: 'warn',
  not_picked_up: 'good',
  at_risk: 'warn',
}

/** The meaning of the colours, for the line above a table. */
export function legendOf({ legend }: ReportTexts): readonly TonedValue[] {
  return (Object.keys(legend) as (keyof typeof legend)[]).map((status) => ({
    value: legend[status],
    tone: statusTones[status],
  }))
}
