import { type Db, reviewQueue } from '@atermtrack/data'
import { aDislocationRow, aDislocationWorkbook, aMessage, describe, expect, test, zip } from '@atermtrack/testkit'
import { importer, stateOf } from '../testing/arrivals.ts'
import { polling, settingsOf } from './polling.test-helper.ts'

const authservId = 'mx.example.org'
const ours = (results: string) => `Authentication-Results: ${authservId};\r\n\t${results}\r\n`
const passes = ours('dmarc=pass (p=none) header.from=rail.example')
const fails = ours('dmarc=fail (p=none) header.from=rail.example')

async function aReport(): Promise<Buffer> {
  return aDislocationWorkbook({ rows: [aDislocationRow()] })
}

function mailOf(head: string, fileName: string, content: Buffer): Buffer {
  const message = aMessage({ from: 'robot@rail.example', attachments: [{ fileName, content }] })
  return Buffer.concat([Buffer.from(head), message])
}

async function detailOf(db: Db, id: number) {
  return db
    .selectFrom('workbook')
    .select(['status', 'reason', 'reasonDetail'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

describe('where the mail server proves senders, a listed one', () => {
  test.for([
    ['that passes is imported', passes, undefined],
    ['that passes above a forged line is imported', passes + fails, undefined],
    [
      'that fails below a forged line of another server waits',
      `Authentication-Results: x; dmarc=pass\r\n${fails}`,
      'fail',
    ],
    ['that fails above a forged pass waits', fails + passes, 'fail'],
    ['whose domain has no policy waits', ours('dmarc=none'), 'none'],
    ['that could not be checked waits', ours('dmarc=temperror'), 'temperror'],
    ['whose policy is broken waits', ours('dmarc=permerror'), 'permerror'],
    ['that was not checked waits', '', 'missing'],
    ['that was checked by another server alone waits', 'Authentication-Results: x; dmarc=pass\r\n', 'missing'],
    ['that shares From with another waits', `${passes}From: evil@evil.example\r\n`, 'ambiguous'],
  ] as const)('%s', async ([, head, proof], { db, mailServer }) => {
    await mailServer.append(mailOf(head, 'report.xlsx', await aReport()))
    const { poll, stored } = polling(db, settingsOf(mailServer), { authservId })
    await poll()
    const [id = 0] = stored
    await importer(db)(id)
    expect(await detailOf(db, id)).toEqual(
      proof === undefined
        ? { status: 'imported', reason: null, reasonDetail: null }
        : { status: 'quarantined', reason: 'unproven_sender', reasonDetail: proof },
    )
  })
})

test('a file of an unproved sender is imported once an admin accepts it', async ({ db, mailServer }) => {
  await mailServer.append(mailOf(fails, 'report.xlsx', await aReport()))
  const { poll, stored } = polling(db, settingsOf(mailServer), { authservId })
  await poll()
  const [id = 0] = stored
  await importer(db)(id)
  const lifted = { reason: 'unproven_sender', override: 'unproven_sender' }
  expect(await reviewQueue.accept(db, id, lifted)).toBe(true)
  await importer(db)(id)
  expect(await stateOf(db, id)).toMatchObject({ status: 'imported' })
})

test.for([
  ['an archive', 'report.zip', 'unpacked'],
  ['a saved message', 'report.eml', 'message_opened'],
] as const)(
  '%s of a stranger waits closed, as one file, until an admin lets it in',
  async ([, fileName, opened], { db, mailServer }) => {
    const report = { fileName: 'report.xlsx', content: await aReport() }
    const content =
      opened === 'unpacked'
        ? await zip([{ name: report.fileName, content: report.content }])
        : aMessage({ attachments: [report] })
    // A saved message that is attached as such would be read with the message that brings it.
    await mailServer.append(mailOf(fails, fileName, content))
    const stranger = aMessage({ from: 'x@stranger.example', attachments: [{ fileName, content }] })
    await mailServer.append(stranger)
    const { poll, stored } = polling(db, settingsOf(mailServer), { authservId })
    await poll()
    const run = importer(db)
    for (const id of stored) await run(id)
    const states = async () => db.selectFrom('workbook').select(['id', 'status', 'reason']).orderBy('id').execute()
    expect((await states()).map(({ status, reason }) => [status, reason])).toEqual([
      ['quarantined', 'unproven_sender'],
      ['quarantined', 'unknown_sender'],
    ])
    const [known = 0] = stored
    await reviewQueue.accept(db, known, { reason: 'unproven_sender', override: 'unproven_sender' })
    await run(known)
    expect(await states()).toEqual([
      { id: known, status: 'imported', reason: opened },
      { id: stored[1], status: 'quarantined', reason: 'unknown_sender' },
      { id: expect.any(Number), status: 'imported', reason: null },
    ])
  },
)
