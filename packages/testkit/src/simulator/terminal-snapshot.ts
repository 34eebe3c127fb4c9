import type { TerminalVisit } from '../builders/terminal-report.ts'
import type { Train, Trip } from './train.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** The visits that the terminal's report of `stamp` knows: on site, or dispatched within the last day. */
export function terminalVisits(trains: readonly Train[], stamp: Date): readonly TerminalVisit[] {
  return trains
    .filter(({ departsAt }) => stamp.getTime() - departsAt.getTime() < DAY_MS)
    .flatMap((train) =>
      train.trips.filter(({ stay }) => stay.arrivedAt <= stamp).map((trip) => visitOf(train, trip, stamp)),
    )
}

function visitOf(train: Train, trip: Trip, stamp: Date): TerminalVisit {
  const { stay, client } = trip
  const visit: TerminalVisit = {
    container: trip.container,
    clientTaxId: client.taxId,
    clientShort: client.shortName,
    client: client.name,
    stock: stay.stock,
    regime: stay.regime,
    direction: train.lane.label,
    type: trip.type,
    size: trip.type === '22G1' ? '20 DC' : '40 HC',
    grossKg: trip.weightKg + 3_800,
    condition: stay.damaged ? 'Поврежден' : 'Без повреждений',
    cargo: trip.loaded ? 'Груженый' : 'Порожний',
    arrivedAt: stay.arrivedAt,
    arrivalId: 500_000 + trip.serial,
    arrivalTransport: 'Автотягач',
    arrivalVehicle: stay.truck,
    arrivalOrigin: stay.driver,
  }
  if (train.departsAt > stamp) return visit
  return {
    ...visit,
    dispatch: {
      at: new Date(train.departsAt.getTime() - 10 * MINUTE_MS),
      id: 700_000 + trip.serial,
      transport: trip.wagon.startsWith('6') ? 'Полувагон' : 'Платформа фитинговая',
      vehicle: trip.wagon,
      destination: train.lane.label,
    },
  }
}
