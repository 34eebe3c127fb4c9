import { companies, type Db, members, people, personSettings, subscriptions } from '@atermtrack/data'
import { toWall } from '@atermtrack/domain'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { waitUntil } from '@atermtrack/testkit'
import { ask, press } from '../talk.ts'
import type { ReaderTerms } from './expectations.ts'
import { type OracleEvent, oracleKinds, type OracleKind } from './oracle-event.ts'
import type { Fortnight, ReportedContainer } from './railway.ts'

/** Somebody with subscriptions, and the events that are reported to them. */
export interface WeekReader extends ReaderTerms {
  readonly name: string
  readonly person: PersonHandle
}

const usualKinds: readonly OracleKind[] = [
  'abandoned',
  'picked_up',
  'arrived',
  'missing',
  'returned',
  'norm_at_risk',
  'norm_missed',
]
/** These never wait for a digest. */
const urgent: readonly OracleKind[] = ['abandoned', 'destination_changed', 'norm_missed', 'free_days_end']
/** The containers of a train and of a company are those on the rails. */
const terminalKinds: readonly OracleKind[] = ['came_to_terminal', 'left_terminal', 'free_days_end']
const railwayKinds = oracleKinds.filter((kind) => !terminalKinds.includes(kind))
const unhurried = oracleKinds.filter((kind) => !urgent.includes(kind))
const far = new Date('2090-01-01T00:00:00Z')
const zone = 'Asia/Vladivostok'
/** Zone of this reader and of the oracle's times. */
const railwayZone = 'Europe/Moscow'
const firstId = 2_000

type NewSubscription = Omit<
  Parameters<typeof subscriptions.insert>[1],
  'personId' | 'slots' | 'zone' | 'nextDueAt' | 'createdUpdateId'
>

const all = { eventKinds: oracleKinds, eventTiming: 'at_once' } as const

/** The place in which people subscribe, and the containers that they can ask for. */
interface Place {
  readonly db: Db
  readonly sandbox: Sandbox
  readonly fortnight: Fortnight
  /** All containers of the weeks, each once. */
  readonly known: readonly ReportedContainer[]
  /** Those of the newest report before anybody subscribes. */
  readonly present: readonly ReportedContainer[]
}

/** Lets people subscribe in each way in which alerts are asked for. */
export async function openReaders(db: Db, sandbox: Sandbox, fortnight: Fortnight): Promise<readonly WeekReader[]> {
  const { reports } = fortnight
  const named = reports.flatMap(({ containers }) => containers.map((one) => [one.container, one] as const))
  const place = { db, sandbox, fortnight, known: [...new Map(named).values()], present: reports[1]?.containers ?? [] }
  return [
    await watcher(place),
    await trainReader(place),
    await listReader(place, 'Вера', { nth: 9, eventTiming: 'digest', gathered: unhurried }),
    await companyReader(place),
    await listReader(place, 'Дина', { nth: 13, gathered: oracleKinds, isQuiet: true }),
    await listReader(place, 'Егор', { nth: 3, gathered: [] }),
  ]
}

async function create({ db, sandbox }: Place, name: string) {
  const id = firstId + sandbox.persons().length
  const person = sandbox.person({ id, name })
  await ask(person, '/menu', 'контейнер')
  const row = await waitUntil(() => people.findByTelegramId(db, id), { what: name })
  await people.grant(db, id, 'operator')
  let made = 0
  const subscribe = async (subscription: NewSubscription) => {
    made += 1
    const schedule = { slots: ['09:00', '16:00'], zone, nextDueAt: far, createdUpdateId: id * 10 + made }
    await subscriptions.insert(db, { ...subscription, personId: row.id, ...schedule })
  }
  return { person, row, subscribe }
}

/** Watches single numbers. */
async function watcher(place: Place): Promise<WeekReader> {
  const { person } = await create(place, 'Анна')
  const watched = place.present.filter((_, at) => at % 40 === 7).slice(0, 4)
  for (const { container } of watched) {
    await ask(person, container, container)
    await press(person, 'Следить')
  }
  return { name: 'Анна', person, kinds: usualKinds, wants: isOneOf(watched), gathered: [] }
}

/** Has subscribed to the two largest trains. */
async function trainReader(place: Place): Promise<WeekReader> {
  const { person, subscribe } = await create(place, 'Борис')
  const trains = place.fortnight.rosters.toSorted((a, b) => b.trips.size - a.trips.size).slice(0, 2)
  for (const { trainCode } of trains) {
    const wanted = { name: trainCode, subject: 'train', subjectText: trainCode, items: [] } as const
    await subscribe({ ...all, ...wanted, eventKinds: railwayKinds })
  }
  const wants = (event: OracleEvent) => trains.some(({ trips }) => trips.has(nameOf(event)))
  return { name: 'Борис', person, kinds: railwayKinds, wants, gathered: [] }
}

/** Sees the containers of one client, and has subscribed to all of them. */
async function companyReader(place: Place): Promise<WeekReader> {
  const { db, fortnight, present } = place
  const { person, row, subscribe } = await create(place, 'Галина')
  const client = present[0]?.client ?? ''
  const company = await companies.insert(db, 'Экспедитор')
  if (!company) throw new Error('the company was not stored')
  await companies.addClient(db, company.id, { inn: null, name: client })
  await members.assign(db, row.id, { role: 'viewer', companyId: company.id })
  const wanted = { name: 'Всё наше', subject: 'company', leavesAfterDays: null, items: [] } as const
  await subscribe({ ...all, ...wanted, eventKinds: railwayKinds })
  const own = fortnight.reports.flatMap(({ containers }) => containers.filter((one) => one.client === client))
  const trips = new Set(own.map(nameOf))
  const wants = (event: OracleEvent) => trips.has(nameOf(event))
  return { name: 'Галина', person, kinds: railwayKinds, wants, gathered: [] }
}

interface ListTerms extends Pick<WeekReader, 'gathered'> {
  /** Each so manieth container is on the list. */
  readonly nth: number
  readonly eventTiming?: 'digest'
  /** In quiet hours that last, with alerts that wait for their end. */
  readonly isQuiet?: true
}

async function listReader(
  place: Place,
  name: string,
  { nth, eventTiming, isQuiet, gathered }: ListTerms,
): Promise<WeekReader> {
  const { person, row, subscribe } = await create(place, name)
  const items = place.known.filter((_, at) => at % nth === 0).slice(0, 80)
  await subscribe({ ...all, ...(eventTiming && { eventTiming }), name: 'Список', items })
  if (isQuiet) await personSettings.change(place.db, row.id, { ...aroundNow(), zone: railwayZone, holdsAlerts: true })
  return { name, person, kinds: oracleKinds, wants: isOneOf(items), gathered }
}

function isOneOf(containers: readonly ReportedContainer[]): (event: OracleEvent) => boolean {
  const numbers = new Set(containers.map(({ container }) => container))
  return ({ container }) => numbers.has(container)
}

function nameOf({ container, waybill }: Pick<ReportedContainer, 'container' | 'waybill'>): string {
  return `${container} ${waybill}`
}

/** Quiet hours for hours to come, in the zone of the railway. */
function aroundNow() {
  const at = (hours: number) => toWall(new Date(Date.now() + hours * 3_600_000), railwayZone).slice(11, 16)
  return { quietFrom: at(-6), quietUntil: at(6) }
}
