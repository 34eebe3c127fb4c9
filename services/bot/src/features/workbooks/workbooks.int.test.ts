import { columnProfiles, trainRosters, reviewQueue, sources, workbooks } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { contentOf } from '../../deliveries/content-of.ts'
import { audited, aWorkbook, hasButton, pressLate, says, start, stateOf } from '../../testing/start-review.ts'

const shrunk = { status: 'quarantined', kind: 'dislocation', rowCount: 5, reason: 'shrunk' } as const
const head = [
  ['Сводка'],
  ['Ящик', 'Где стоит', 'Что сделали', 'Когда'],
  ['CSQU3054383', 'Селятино (181102)', 'ПРИБ', '02.09.2025 06:30'],
]

test('an admin opens a workbook and accepts it with two presses; a second admin sees who did', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first, second, enqueued } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, shrunk)
  await first.say('/workbooks')
  await first.waitForReply({ where: hasButton(`№${id}`) })
  await first.press(`№${id}`)
  await first.waitForReply({ where: says('строк намного меньше') })
  await first.press('✅ Всё равно принять')
  const asked = await first.waitForReply({ where: hasButton('✅ Принять 5 строк') })
  await first.press('✅ Принять 5 строк')
  const shown = await first.waitForReply({ where: says('Решение: принято, Анна') })
  expect(shown.message_id).toBe(asked.message_id)
  await waitUntil(() => enqueued.length > 0, { what: 'the job of the import' })
  expect(enqueued).toEqual([`import ${id}`])
  expect(await workbooks.beginAttempt(db, id)).toMatchObject({ overrides: ['shrunk'] })

  const late = await pressLate(second, `v1:wb-accept:${id}`)
  expect(late).toBe('Уже решено (принято): Анна')
  await second.waitForReply({ where: says('Решение: принято, Анна') })
  expect(await audited(db)).toEqual([{ action: 'workbook.accepted', details: { reason: 'shrunk', rows: 5 } }])
})

test('the old question does not accept a workbook that waits for another reason meanwhile', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, { ...shrunk, reason: 'unknown_sender' })
  await pressLate(first, `v1:wb-accept-yes:${id}:shrunk:-`)
  expect(await stateOf(db, id)).toEqual({ status: 'quarantined', reason: 'unknown_sender' })
  expect(await audited(db)).toEqual([])
})

test('an admin rejects a workbook with two presses', async ({ db, redisUrl, queuePrefix }) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, { status: 'quarantined', reason: 'no_rows' })
  await first.say('/workbooks')
  await first.waitForReply({ where: hasButton(`№${id}`) })
  await first.press(`№${id}`)
  await first.waitForReply({ where: hasButton('🗑 Отклонить') })
  await first.press('🗑 Отклонить')
  await first.waitForReply({ where: hasButton('🗑 Отклонить файл') })
  expect(await stateOf(db, id)).toMatchObject({ status: 'quarantined' })
  await first.press('🗑 Отклонить файл')
  await first.waitForReply({ where: says('⛔ отклонён') })
  expect(await stateOf(db, id)).toEqual({ status: 'refused', reason: 'rejected' })
})

test('an imported workbook can be undone once, a refused one can be imported again', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first, enqueued } = await start({ db, redisUrl, queuePrefix })
  const imported = await aWorkbook(db, { status: 'imported', kind: 'dislocation', rowCount: 1 })
  const refused = await aWorkbook(db, { status: 'refused', reason: 'truncated' })
  await pressLate(first, `v1:wb-undo:${imported}:all0`)
  await first.waitForReply({ where: hasButton('↩️ Убрать 1 строку') })
  await first.press('↩️ Убрать 1 строку')
  await first.waitForReply({ where: says('импорт отменяется') })
  expect(await pressLate(first, `v1:wb-undo-yes:${imported}:all0`)).toBe('Уже решено (импорт отменён): Анна')
  await pressLate(first, `v1:wb-replay:${refused}:all0`)
  await first.waitForReply({ where: says('в очереди на чтение') })
  await waitUntil(() => enqueued.length === 2, { what: 'both jobs' })
  expect(enqueued).toEqual([`undo ${imported}`, `import ${refused}`])
})

test('a list is narrowed by presses, and a workbook leads back to the narrowed list', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const [mailed, roster] = [await aWorkbook(db, shrunk), await aWorkbook(db, { ...shrunk, kind: 'train_roster' })]
  await db.updateTable('workbook').set({ sender: 'robot@rail.example' }).where('id', '=', mailed).execute()
  await first.say('/workbooks')
  await first.waitForReply({ where: hasButton(`№${roster}`) })
  await first.press('🔎 Отобрать')
  await first.waitForReply({ where: hasButton('robot@rail.example') })
  await first.press('robot@rail.example')
  const narrowed = await first.waitForReply({ where: says('🔎 robot@rail.example') })
  expect([hasButton(`№${mailed}`)(narrowed), hasButton(`№${roster}`)(narrowed)]).toEqual([true, false])
  await first.press(`№${mailed}`)
  await first.waitForReply({ where: hasButton('‹ К списку') })
  await first.press('‹ К списку')
  await first.waitForReply({ where: says('🔎 robot@rail.example') })
  await first.press('🔎 Отобрать')
  await first.waitForReply({ where: hasButton('• robot@rail.example •') })
  await first.press('Список поезда')
  await first.waitForReply({ where: says('Здесь пусто') })
  await first.press('🔎 Отобрать')
  await first.waitForReply({ where: hasButton('✖️ Показать все') })
  await first.press('✖️ Показать все')
  await first.waitForReply({ where: hasButton(`№${roster}`) })
})

test('the question before an undo counts what it takes back, and the sources show how reports come', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const sourceId = await sources.ensure(db, { kind: 'dislocation', sender: 'robot@rail.example', reportNumber: '103' })
  const facts = { kind: 'dislocation', rowCount: 1, stamp: new Date(), sourceId } as const
  const id = await aWorkbook(db, { status: 'imported', ...facts, containers: ['CSQU3054383'] })
  await pressLate(first, `v1:wb-undo:${id}:all0`)
  await first.waitForReply({ where: says('знал только этот файл, данных не останется: 1 конт.') })
  await pressLate(first, 'v1:wb-feeds')
  await first.waitForReply({ where: says('⚪ Дислокация №103, robot@rail.example') })
})

test('only an admin sees workbooks, whatever button others find', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, shrunk)
  const viewer = sandbox.person(1003)
  await viewer.say('/workbooks')
  await viewer.waitForReply({ where: says('не знаю') })
  for (const action of ['show', 'accept', 'accept-yes', 'reject-yes', 'replay', 'teach', 'learn', 'station', 'file']) {
    expect(await pressLate(viewer, `v1:wb-${action}:${id}:shrunk`)).toBe('Кнопка устарела')
  }
  for (const data of [
    'v1:wb-list:all:0',
    'v1:wb-mails:0',
    'v1:wb-narrow:all0',
    'v1:wb-feeds',
    'v1:wb-mail:1',
    'v1:wb-mail-again:1',
  ]) {
    expect(await pressLate(viewer, data)).toBe('Кнопка устарела')
  }
  expect(await stateOf(db, id)).toMatchObject({ status: 'quarantined' })
})

test('an admin defines a column mapping: the guess is shown, corrected and saved, and the file is imported', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first, second, enqueued } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, { status: 'quarantined', reason: 'unknown_layout', head })
  const like = await aWorkbook(db, {
    status: 'quarantined',
    reason: 'unknown_layout',
    head: [['Ещё одна'], ...head.slice(1)],
  })
  const other = await aWorkbook(db, { status: 'quarantined', reason: 'unknown_layout', head: [['Товар', 'Цена']] })
  await pressLate(second, `v1:wb-teach:${id}`)
  await second.waitForReply({ where: says('Ящик → Номер контейнера ✓') })
  await pressLate(first, `v1:wb-teach:${id}`)
  const guess = await first.waitForReply({ where: says('Ящик → Номер контейнера ✓') })
  expect(guess.text).toContain('C: Что сделали → ?')
  const early = await first.press('⏳ Осталось указать: Операция')
  expect((await first.waitForAnswer(early)).text).toBe('Не хватает: Операция')
  await first.press('C')
  await first.waitForReply({ where: says('Например: ПРИБ') })
  await first.press('Операция')
  await first.waitForReply({ where: says('C: Что сделали → Операция ✓') })
  await first.say('и что теперь?')
  await first.waitForReply({ where: says('кнопками выше') })
  const saved = await first.press('💾 Сохранить и импортировать')
  await first.waitForReply({ where: says('Решение: колонки названы, Анна') })
  expect((await first.waitForAnswer(saved)).text).toBe('Готово. Так же читается ещё 1 файл с этими заголовками')
  expect(await columnProfiles.list(db)).toMatchObject([
    {
      headerSignature: 'ящик\nгде стоит\nчто сделали\nкогда',
      columns: { container: 0, operationStation: 1, operation: 2, operatedAt: 3 },
    },
  ])
  await waitUntil(() => enqueued.length === 2, { what: 'the jobs of the imports' })
  expect(enqueued).toEqual([`import ${id}`, `import ${like}`])
  expect(await stateOf(db, other)).toMatchObject({ status: 'quarantined' })
  await workbooks.finish(db, id, { ...shrunk })
  expect(await pressLate(second, `v1:wb-mean:${id}:2:operation`)).toBe('Кнопка устарела')
  expect(await pressLate(second, `v1:wb-learn:${id}`)).toBe('Кнопка устарела')
  expect(await columnProfiles.list(db)).toHaveLength(1)
})

test('an unfinished column mapping begins again with a stale button, and a file ends it', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, { status: 'quarantined', reason: 'unknown_layout', head })
  expect(await pressLate(first, `v1:wb-col:${id}:0`)).toBe('Кнопка устарела')
  await first.waitForReply({ where: says('Ящик → Номер контейнера ✓') })
  await first.sendDocument({ bytes: Buffer.from('x'), fileName: 'другой.xlsx' })
  await first.waitForReply({ where: says('Принял файл «другой.xlsx»') })
  expect(await db.selectFrom('dialog').select('state').execute()).toEqual([])
})

test('an admin names the station where the containers of a train change wagons, and removes it', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  const id = await aWorkbook(db, { status: 'imported', kind: 'train_roster' })
  const train = { workbookId: id, trainCode: 'К25-073', destination: undefined, sentAt: new Date() }
  await db.transaction().execute((tx) => trainRosters.insert(tx, { ...train, entries: [] }))
  await pressLate(first, `v1:wb-station:${id}`)
  await first.waitForReply({ where: says('На какой станции') })
  await first.say('Тайшет')
  await first.waitForReply({ where: says('перегруз на станции Тайшет') })
  expect(await reviewQueue.find(db, id)).toMatchObject({ transshipmentStation: 'Тайшет' })
  await pressLate(first, `v1:wb-station:${id}`)
  await first.waitForReply({ where: says('На какой станции') })
  await first.say('Нет')
  await first.waitForReply({ where: says('перегруза нет') })
  expect(await reviewQueue.find(db, id)).toMatchObject({ transshipmentStation: null })
})

test('the review queue answers every button of a notice', async ({ db, redisUrl, queuePrefix }) => {
  const { first } = await start({ db, redisUrl, queuePrefix })
  for (const reason of ['shrunk', 'unknown_layout']) {
    const id = await aWorkbook(db, { ...shrunk, reason, head })
    const waits = notice('workbook_waits', { id, fileName: 'a.xlsx', sender: null, reason })
    const reader = { language: 'ru', zone: undefined }
    const content = contentOf(
      { notice: JSON.parse(JSON.stringify(waits)), text: undefined, markup: undefined, reader },
      'UTC',
      new Date(),
    )
    for (const data of JSON.stringify(content).match(/v1:[\w:-]+/gu) ?? []) {
      expect(await pressLate(first, data), data).toBe('')
    }
  }
})
