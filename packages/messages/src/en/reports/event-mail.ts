import type { eventMail as ru } from '../../ru/reports/event-mail.ts'
import { containers, latinZone, plural } from '../words.ts'

export const eventMail: typeof ru = {
  title: 'Events',
  kinds: {
    departed: 'departed',
    arrived_at_station: 'arrived at a station',
    abandoned: 'train held en route',
    picked_up: 'train moving again',
    long_idle_began: 'standing for a long time',
    long_idle_ended: 'moving again',
    wagon_changed: 'wagon changed',
    train_changed: 'train changed',
    destination_changed: 'destination changed',
    arrived: 'arrived at the destination',
    unloaded: 'unloaded',
    left_terminal: 'left the terminal',
    came_to_terminal: 'arrived at the terminal',
    missing: 'missing from the report',
    returned: 'in the report again',
    forecast_moved: 'forecast moved',
    norm_at_risk: 'expected to be late',
    norm_missed: 'late',
    free_days_end: 'free days are ending',
  },
  subject: (list: string, counts: string, boxes: number, trains: number) =>
    `${list}: ${counts} (${containers(boxes)}${trains > 0 ? `, ${trains} ${plural(trains, { one: 'train', other: 'trains' })}` : ''})`,
  noTrain: 'no train',
  train: (code: string, boxes: number) => `${code}: ${containers(boxes)}`,
  attached: 'The table is attached.',
  sheets: { events: 'Events', trains: 'By train' },
  columns: {
    train: 'Train',
    container: 'Container',
    client: 'Client',
    event: 'Event',
    station: 'Station',
    destination: 'Destination station',
    waybill: 'Waybill',
    count: 'Containers',
  },
  happened: (zone: string) => `When (${latinZone(zone)})`,
}
