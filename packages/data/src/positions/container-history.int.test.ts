import { createHash } from 'node:crypto'
import type { ContainerNumber, DislocationRow, WallTime } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as containerHistory from './container-history.ts'
import { mergeDislocation } from './import/dislocation-import.ts'
import { openDislocationStage } from './import/dislocation-stage.ts'
import { encodeDislocationRow } from './import/dislocation-staging.ts'
import * as positions from './positions.ts'
import { everything, type Scope } from '../visibility/visibility.ts'
import * as workbooks from '../workbooks/workbooks.ts'

const box = containerNumber(1) as ContainerNumber
const all = { offset: 0, limit: 100 }

test('a history holds every operation of every trip, the newest first, and can be read in parts', async ({ db }) => {
  await importRows(db, [former, onTheWay, last])
  const { total, rows } = await containerHistory.list(db, { containers: [box], scope: everything }, all)
  expect(rows.map(({ station, waybill }) => `${station} ${waybill}`)).toEqual([
    'ЧИТА I ЭФ000002',
    'БЕЛОГОРСК ЭФ000002',
    'ПЕРМЬ ЭФ000001',
  ])
  expect(rows[0]).toMatchObject({ operatedWall: '2025-09-04T03:00:00', zone: 'Europe/Moscow' })
  const part = await containerHistory.list(db, { containers: [box], scope: everything }, { offset: 1, limit: 1 })
  expect([total, part.total]).toEqual([3, 3])
  expect(part.rows).toEqual([rows[1]])
})

test('people of a company see the present trip alone', async ({ db }) => {
  await importRows(db, [former, onTheWay, last])
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: 'Ромашка' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const scope: Scope = { kind: 'company', companyId, seesUnnamed: true }
  const { total, rows } = await containerHistory.list(db, { containers: [box], scope }, all)
  expect([total, rows.map(({ station }) => station)]).toEqual([2, ['ЧИТА I', 'БЕЛОГОРСК']])
})

test('the stations behind a container are those of its trip, without the origin and where it stands', async ({
  db,
}) => {
  const again = { ...onTheWay, operation: 'Отправление', operatedAt: hours(50) }
  const atOrigin = { ...onTheWay, operationStation: { name: 'УГЛОВАЯ', code: undefined }, operatedAt: hours(25) }
  await importRows(db, [former, atOrigin, onTheWay, again, last])
  expect(await positions.findCard(db, box, everything)).toMatchObject({ passed: ['БЕЛОГОРСК'] })
})

function hours(count: number): Date {
  return new Date(Date.UTC(2025, 8, 1, count))
}

function aRow(station: string, operatedAt: Date, fields: Partial<DislocationRow> = {}): DislocationRow {
  return {
    rowNumber: 5,
    container: box,
    operation: 'Прибытие',
    operationStation: { name: station, code: undefined },
    originStation: { name: 'УГЛОВАЯ', code: undefined },
    operatedAt,
    operatedWall: new Date(operatedAt.getTime() + 3 * 3_600_000).toISOString().slice(0, 19) as WallTime,
    waybill: 'ЭФ000002',
    tripStartedAt: hours(24),
    ...fields,
  } as DislocationRow
}

const former = aRow('ПЕРМЬ', hours(1), { waybill: 'ЭФ000001', tripStartedAt: new Date('2025-05-01T00:00:00Z') })
const onTheWay = aRow('БЕЛОГОРСК', hours(48))
const last = aRow('ЧИТА I', hours(72))

async function importRows(db: Db, rows: readonly DislocationRow[]): Promise<void> {
  const content = Buffer.from('a report')
  const sha256 = createHash('sha256').update(content).digest()
  const arrival = { origin: 'mail', fileName: 'report.xlsx', content, sha256, receivedAt: hours(80) } as const
  const workbookId = await workbooks.insert(db, arrival)
  if (workbookId === undefined) throw new Error('the workbook is there already')
  await db.updateTable('workbook').set({ zone: 'Europe/Moscow' }).execute()
  await using stage = openDislocationStage(db)
  for (const [index, row] of rows.entries())
    await stage.add(Buffer.from(encodeDislocationRow({ ...row, rowNumber: index + 5 })))
  await stage.finish((tx) => mergeDislocation(tx, { workbookId, stamp: hours(80), contentKey: 1 }))
}
