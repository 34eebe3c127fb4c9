import { bold } from '../../format/html.ts'
import type { lateRegister as ru } from '../../ru/reports/late-register.ts'
import { containers, latinZone, plural } from '../words.ts'

const names = 'January February March April May June July August September October November December'.split(' ')

export const lateRegister: typeof ru = {
  command: 'Register of late deliveries for claims',
  month: (month: string) => `${names[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`,
  title: 'Late deliveries',
  heading: (about: string) => (about === '' ? 'Register of late deliveries' : `Register of late deliveries: ${about}`),
  sheets: { late: 'Late', overdue: 'Still on the way', proofs: 'Proofs' },
  columns: {
    waybill: 'Waybill',
    containers: 'Containers',
    count: 'Number of containers',
    origin: 'Origin station',
    destination: 'Destination station',
    consignor: 'Consignor',
    consignee: 'Consignee',
    due: 'Delivery due',
    days: 'Days late',
    claimUntil: 'Claim until',
    container: 'Container',
    fact: 'Proves',
    file: 'File',
    sender: 'From',
    row: 'Row',
  },
  departed: (zone: string) => `Departed (${latinZone(zone)})`,
  arrived: (zone: string) => `Arrived (${latinZone(zone)})`,
  received: (zone: string) => `File received (${latinZone(zone)})`,
  facts: { due: 'the due date', arrived: 'the arrival' },
  found: (waybills: number, boxes: number, days: number) =>
    `${waybills} ${plural(waybills, { one: 'waybill', other: 'waybills' })}, ${containers(boxes)}, ${days} ${plural(days, { one: 'day', other: 'days' })} late in all`,
  overdue: (waybills: number) => `Overdue and not there yet: ${waybills} (on a separate sheet)`,
  firstClaim: (day: string) => `The first claim must be made by ${day}`,
  counted: 'The due date itself does not count as late; part of a day counts as a whole one.',
  cut: (most: number) => `The first ${most} trips are shown.`,
  attached: 'The register is attached.',
  empty: (about: string) => `✅ ${about === '' ? 'There are no' : `${bold(about)}: no`} late deliveries.`,
  preparing: 'I am preparing the register and will send it here',
  intro:
    '📑 <b>Register of late deliveries</b>\nWaybills whose goods arrived after the due date: a file for a claim against the carrier. Which month shall I send?',
  whose: (company: string) => `Company: ${company}`,
  everybody: 'all',
  unknownCompany: (name: string) => `I found no company “${name}”. Choose one:`,
  wishes: (isOn: boolean, what: 'monthly' | 'warned') =>
    `${isOn ? '✅' : '▫️'} ${what === 'monthly' ? 'Send it on the 1st' : 'Warn before a claim period ends'}`,
  saved: 'Saved',
  back: '‹ Back',
  forth: 'Next ›',
  warning: (waybills: number, from: string, until: string) =>
    `⏳ <b>A claim period is ending</b>\nFor ${waybills} ${plural(waybills, { one: 'waybill', other: 'waybills' })} delivered late a claim can be made until ${from === until ? from : `${from} – ${until}`}.`,
  warningMore: (count: number) => `…and ${count} more`,
  warningLine: (waybill: string, days: number, until: string) => `• ${waybill}: ${days} d, until ${until}`,
  noWaybill: 'no waybill',
  order: (month: string) => `📑 Register for ${month}`,
}
