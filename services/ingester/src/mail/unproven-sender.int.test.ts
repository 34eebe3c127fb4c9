import { workbookDesk } from '@atermtrack/data'
import { aDislocationRow, aDislocationWorkbook, aMessage, expect, test, zip } from '@atermtrack/testkit'
import { importer, stateOf } from '../testing/arrivals.ts'
import { polling, settingsOf } from './polling.test-helper.ts'

test('a trusted sender whose message fails the check of our own server waits for an admin, in an archive too', async ({
  db,
  mailServer,
}) => {
  const content = await aDislocationWorkbook({ rows: [aDislocationRow()] })
  const archive = await zip([{ name: 'report.xlsx', content }])
  const forged = 'Authentication-Results: mx.example.org; dmarc=pass\r\n'
  const added = 'Authentication-Results: mx.example.org;\r\n\tdmarc=fail (p=none) header.from=rail.example\r\n'
  for (const attachment of [
    { fileName: 'report.xlsx', content },
    { fileName: 'report.zip', content: archive },
  ]) {
    const message = aMessage({ from: 'robot@rail.example', attachments: [attachment] })
    await mailServer.append(Buffer.concat([Buffer.from(added + forged), message]))
  }
  const { poll, stored } = polling(db, settingsOf(mailServer), { authservId: 'mx.example.org' })
  await poll()
  const [alone = 0, packed = 0] = stored
  await importer(db)(packed)
  const inside = await db.selectFrom('workbook').select(['status', 'reason']).where('parentId', '=', packed).execute()
  expect(inside).toEqual([{ status: 'quarantined', reason: 'unproven_sender' }])

  await importer(db)(alone)
  expect(await stateOf(db, alone)).toMatchObject({ status: 'quarantined', reason: 'unproven_sender' })
  const lifted = { reason: 'unproven_sender', override: 'unproven_sender' }
  expect(await workbookDesk.accept(db, alone, lifted)).toBe(true)
  await importer(db)(alone)
  expect(await stateOf(db, alone)).toMatchObject({ status: 'imported' })
})
