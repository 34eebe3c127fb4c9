import { createHash } from 'node:crypto'
import { type Db, refusedMail, type StrangerQuota } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import { aMessage, describe, expect, test } from '@atermtrack/testkit'
import { polling, settingsOf } from './polling.test-helper.ts'

const many = { files: 1_000, bytes: 1e9 }

function mail(subject: string, { from = 'x@stranger.example', files = 1, bytes = 10 } = {}): Buffer {
  const attachments = Array.from({ length: files }, (_, n) => ({
    fileName: `${subject}-${n}.xlsx`,
    content: Buffer.from(`${subject}-${n}`.padEnd(bytes)),
  }))
  return aMessage({ from, subject, attachments })
}

function reading(db: Db, server: DovecotServer, quota: Partial<StrangerQuota>) {
  return polling(db, settingsOf(server), {
    adminChatIds: [11],
    strangerQuota: { perSender: many, overAll: many, ...quota },
    maxAttachments: 3,
  })
}

async function subjects(db: Db, status: 'stored' | 'refused') {
  const ofStatus = db.selectFrom('mailMessage').select(['subject', 'reason']).where('status', '=', status)
  const rows = await ofStatus.orderBy('uid').execute()
  return rows.map(({ subject, reason }) => (reason === null ? subject : `${subject} ${reason}`))
}

async function bytesStored(db: Db): Promise<number> {
  const rows = await db.selectFrom('blob').select('content').execute()
  return rows.reduce((sum, { content }) => sum + content.byteLength, 0)
}

describe('the intake stores from unknown senders', () => {
  test('so many files of one, and those of others after them', async ({ db, mailServer }) => {
    for (const n of [1, 2, 3, 4]) await mailServer.append(mail(`a${n}`))
    await mailServer.append(mail('b', { from: 'y@stranger.example' }))
    await mailServer.append(mail('known', { from: 'robot@rail.example' }))
    await reading(db, mailServer, { perSender: { files: 2, bytes: 1e9 } }).poll()
    expect(await subjects(db, 'stored')).toEqual(['a1', 'a2', 'b', 'known'])
    expect(await subjects(db, 'refused')).toEqual(['a3 stranger_quota', 'a4 stranger_quota'])
  })

  test('so many files of all of them, whatever From they make up', async ({ db, mailServer }) => {
    for (const n of [1, 2, 3, 4, 5]) await mailServer.append(mail(`s${n}`, { from: `x${n}@stranger.example` }))
    await mailServer.append(mail('known', { from: 'robot@rail.example' }))
    await reading(db, mailServer, { overAll: { files: 3, bytes: 1e9 } }).poll()
    expect(await subjects(db, 'stored')).toEqual(['s1', 's2', 's3', 'known'])
  })

  test('so many bytes, raw messages that cannot be read among them', async ({ db, mailServer }) => {
    await mailServer.append(mail('small', { bytes: 4_000 }))
    await mailServer.append(mail('big', { bytes: 7_000 }))
    await mailServer.append(mail('many', { files: 4, bytes: 1_500 }))
    await mailServer.append(mail('more', { files: 4, bytes: 4_000 }))
    await reading(db, mailServer, { perSender: { files: 100, bytes: 16_000 } }).poll()
    expect(await subjects(db, 'refused')).toEqual(['many too_many_attachments', 'more too_many_attachments'])
    expect(await bytesStored(db)).toBeLessThan(16_000)
    await reading(db, mailServer, { perSender: { files: 100, bytes: 1e9 } }).poll()
    await mailServer.append(mail('beyond', { bytes: 7_000 }))
    await reading(db, mailServer, { perSender: { files: 100, bytes: 16_000 } }).poll()
    expect(await subjects(db, 'refused')).toContain('beyond stranger_quota')
  })

  test('as many again on the next day', async ({ db, mailServer }) => {
    const { poll } = reading(db, mailServer, { perSender: { files: 1, bytes: 1e9 } })
    for (const n of [1, 2]) await mailServer.append(mail(`a${n}`))
    await poll()
    expect(await subjects(db, 'stored')).toEqual(['a1'])
    await db.updateTable('strangerIntake').set({ day: '2020-01-01' }).execute()
    for (const n of [3, 4]) await mailServer.append(mail(`a${n}`))
    await poll()
    expect(await subjects(db, 'stored')).toEqual(['a1', 'a3'])
  })
})

test('several processes do not store more together', async ({ db, mailServer }) => {
  for (let n = 0; n < 12; n++) await mailServer.append(mail(`m${n}`))
  const quota = { perSender: { files: 5, bytes: 1e9 } }
  await Promise.all([1, 2, 3].map(async () => reading(db, mailServer, quota).poll()))
  expect(await db.selectFrom('workbook').select('id').execute()).toHaveLength(5)
})

test('a trusted address that the mail server has not proved counts as a stranger', async ({ db, mailServer }) => {
  for (const n of [1, 2]) await mailServer.append(mail(`r${n}`, { from: 'robot@rail.example' }))
  const { dependencies } = reading(db, mailServer, { perSender: { files: 1, bytes: 1e9 } })
  await polling(db, settingsOf(mailServer), { ...dependencies, authservId: 'mx.example.org' }).poll()
  expect(await subjects(db, 'refused')).toEqual(['r2 stranger_quota'])
})

test('beyond the quota the facts are kept, and an admin can fetch the message all the same', async ({
  db,
  mailServer,
}) => {
  for (const n of [1, 2]) await mailServer.append(mail(`a${n}`, { files: 2 }))
  const { poll, stored } = reading(db, mailServer, { perSender: { files: 2, bytes: 1e9 } })
  await poll()
  const [refused] = await db.selectFrom('mailMessage').selectAll().where('status', '=', 'refused').execute()
  const factsOf = (fileName: string, text: string) => ({
    fileName,
    size: 10,
    sha256: createHash('sha256').update(text.padEnd(10)).digest('hex'),
  })
  expect(refused).toMatchObject({
    sender: 'x@stranger.example',
    reason: 'stranger_quota',
    attachments: [factsOf('a2-0.xlsx', 'a2-0'), factsOf('a2-1.xlsx', 'a2-1')],
  })
  expect(stored).toHaveLength(2)
  expect(await refusedMail.requestRetry(db, refused?.id ?? 0)).toBe(true)
  await poll()
  expect(stored).toHaveLength(4)
  expect(await subjects(db, 'stored')).toEqual(['a1', 'a2'])
})
