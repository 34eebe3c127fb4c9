import { type Db, forecasts } from '@atermtrack/data'
import type { LaneMeasurement } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

test('admins see how exact forecasts are, by lane, distance and week', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const admin = sandbox.person(boris)
  await admin.say('/forecast')
  expect((await admin.waitForReply()).text).toContain('Прогнозы ещё не измерены')

  await measure(db, 2880)
  await measure(db, 1440)
  await admin.say('/forecast')
  const text = plain((await admin.waitForReply()).text)
  expect(text).toContain(
    '1. Селятино: 40 рейсов, ошибка ±1 сут (3,5), прибывают на 0,5 сут раньше прогноза, в окне 75 %',
  )
  expect(text).toContain('2. Чемской: 5 рейсов, проверить ещё не на чем')
  expect(text).toContain('3. дорога Московская: 45 рейсов, ошибка ±1 сут (3,5)')

  await admin.press('1')
  const lane = plain((await admin.waitForReply()).text)
  expect(lane).toContain('• 0–100 км: по 600 км в сутки, 20 рейсов, ошибка ±1 сут (1)')
  expect(lane).toContain('• 100–300 км: по своим рейсам, 40 рейсов, ошибка ±1 сут (6)')
  expect(lane).toMatch(/Ошибка по измерениям\n[\d.]+: ±1 сут\n[\d.]+: ±2 сут/)
  await admin.press('‹ К списку')
  expect((await admin.waitForReply()).text).toContain('1. Селятино')

  const person = sandbox.person(anna)
  await person.say('/forecast')
  expect((await person.waitForReply()).text).not.toContain('Селятино')
})

function plain(text: string | undefined): string {
  return (text ?? '').replaceAll('\u00A0', ' ')
}

/** Two lanes of a road; 600 km a day was best near Селятино, its own trips were best further away. */
async function measure(db: Db, errorMinutes: number): Promise<void> {
  const [selyatino, chemskoy] = [await idOf(db, 'СЕЛЯТИНО'), await idOf(db, 'ЧЕМСКОЙ')]
  const quality = { errorMinutes, biasMinutes: 720 }
  const figures = { usualMinutes: 5_000, lowMinutes: 4_000, highMinutes: 6_000, errorMinutes, trips: 40 }
  const ofOwn = {
    step: 'lane',
    pace: { step: 'lane', ...figures },
    result: { ...quality, tests: 10, shareWithin: 0.75 },
  } as const
  const ofPlain = { step: 'plain', pace: undefined, result: { ...quality, tests: 10, shareWithin: undefined } } as const
  const untested = { step: 'plain', pace: undefined, result: undefined, plain: undefined } as const
  const byPlainPace = (minutes: number) => ({
    tests: 10,
    errorMinutes: minutes,
    biasMinutes: 0,
    shareWithin: undefined,
  })
  const lanes: readonly LaneMeasurement[] = [
    { place: { kind: 'lane', stationId: selyatino }, bucket: 1, trips: 20, plain: byPlainPace(1440), ...ofPlain },
    { place: { kind: 'lane', stationId: selyatino }, bucket: 2, trips: 40, plain: byPlainPace(8640), ...ofOwn },
    { place: { kind: 'lane', stationId: chemskoy }, bucket: 2, trips: 5, ...untested },
    { place: { kind: 'road', road: 'МОСКОВСКАЯ' }, bucket: 2, trips: 45, plain: byPlainPace(5040), ...ofOwn },
  ]
  await db
    .transaction()
    .execute(async (tx) => forecasts.insert(tx, { splitAt: undefined, trips: 45, samples: 90, lanes }))
}

async function idOf(db: Db, name: string): Promise<number> {
  const { id } = await db
    .insertInto('station')
    .values({ key: name, name })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
