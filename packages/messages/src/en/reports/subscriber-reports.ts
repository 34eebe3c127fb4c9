import type { subscriberReports as ru } from '../../ru/reports/subscriber-reports.ts'
import { containers, plural } from '../words.ts'

export const subscriberReports: typeof ru = {
  title: 'Reports of subscribers',
  overview: 'Subscribers',
  columns: { owner: 'Person', subscription: 'Subscription', containers: 'Containers', outcome: 'Sheet' },
  outcomes: {
    shown: 'there',
    template: 'there; the person gets these data in a workbook of their own',
    empty: 'no containers',
    noAccess: 'the person has no access',
    leftOut: 'no room',
  },
  caption: (sheets: number, rows: number) =>
    `Reports of subscribers: ${sheets} ${plural(sheets, { one: 'sheet', other: 'sheets' })}, ${containers(rows)}`,
  cut: (most: number) => `There are more than ${most} subscriptions: the first ones are shown.`,
  tooLong: (most: number) => `A workbook holds up to ${most} rows: the sheets without room are named on the first one.`,
}
