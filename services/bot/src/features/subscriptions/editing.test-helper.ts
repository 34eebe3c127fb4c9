import { type Db, people, subscriptions } from '@atermtrack/data'
import type { PersonHandle, SeenMessage } from '@atermtrack/sandbox'
import { waitUntil } from '@atermtrack/testkit'

// 12:00 in Vladivostok, a Tuesday.
export const now = () => new Date('2025-09-02T02:00:00Z')
export const [first, second] = ['MSKU6011672', 'CSQU3054383'] as const

export async function meet(person: PersonHandle): Promise<void> {
  await person.say('/menu')
  await person.waitForReply()
}

export async function tap(person: PersonHandle, button: string): Promise<string> {
  await person.press(button)
  return (await person.waitForReply()).text ?? ''
}

/** Waits for a message that comes by itself or beside others. */
export async function awaitText(person: PersonHandle, text: string): Promise<void> {
  await waitUntil(() => person.messages().some((message) => message.text?.includes(text)), { what: text })
}

export async function tell(person: PersonHandle, text: string): Promise<string> {
  await person.say(text)
  return (await person.waitForReply()).text ?? ''
}

export async function aSubscription(db: Db, telegramId: number, name = 'Список'): Promise<number> {
  const person = await waitUntil(() => people.findByTelegramId(db, telegramId), { what: 'the person' })
  const { id } = await subscriptions.insert(db, {
    personId: person.id,
    name,
    items: [{ container: first, orderNumber: '17' }],
    slots: ['09:00'],
    zone: 'Asia/Vladivostok',
    nextDueAt: new Date('2025-09-02T23:00:00Z'),
    createdUpdateId: 900_000 + Math.floor(Math.random() * 90_000),
  })
  return id
}

export async function open(person: PersonHandle, id: number): Promise<void> {
  await person.pressData(`v1:sub-view:${id}`, person.messages().at(-1) as SeenMessage)
  await person.waitForReply()
}

/** All reports in the order in which they were asked for. */
export async function listReports(db: Db): Promise<readonly object[]> {
  return db
    .selectFrom('report')
    .select(['kind', 'subscriptionId', 'stateAt', 'plannedAt', 'containers'])
    .orderBy('id')
    .execute()
}
