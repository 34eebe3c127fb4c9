import type { BroadcastAudience } from '@atermtrack/domain'
import { describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as deliveries from '../deliveries/deliveries.ts'
import { aDraft, aGranted, anExpanded, approval, aPerson, content, me } from './broadcasts.test-helper.ts'
import * as broadcasts from './broadcasts.ts'

const { everybody } = broadcasts

describe('a draft', () => {
  test('is confirmed in the revision that was seen alone', async ({ db }) => {
    const id = await aDraft(db)
    await broadcasts.changeDraft(db, id, { audience: { kind: 'role', role: 'admin' } })
    expect(await broadcasts.confirm(db, id, { revision: 1 })).toBe(false)
    expect(await broadcasts.confirm(db, id, { revision: 2 })).toBe(true)
    expect(await broadcasts.confirm(db, id, { revision: 2 })).toBe(false)
    expect(await broadcasts.changeDraft(db, id, { isSilent: true })).toBe(false)
  })

  test('takes over the choices of the draft that it replaces, which ends', async ({ db }) => {
    const first = await aDraft(db)
    const authorId = (await broadcasts.find(db, first))!.authorId
    const sendAt = new Date('2030-01-01T00:00:00Z')
    const audience = { kind: 'company', companyId: 5 } as const
    await broadcasts.changeDraft(db, first, { audience, sendAt, isSilent: true })
    const draft = { authorId, chatId: 7, text: 'y', content, replacesId: first, updateId: 2 }
    const { id } = await broadcasts.insertDraft(db, draft)
    expect(await broadcasts.find(db, id)).toMatchObject({
      status: 'draft',
      text: 'y',
      audience,
      sendAt,
      isSilent: true,
    })
    expect(await broadcasts.find(db, first)).toMatchObject({ status: 'cancelled' })
  })

  test('of an album gathers its parts, ten at most, and has a preview that waits for the last', async ({ db }) => {
    const part = (media: string) => ({
      content: { method: 'sendMediaGroup', payload: { media: [{ type: 'photo', media }] } },
      text: media,
    })
    const album = { id: await aDraft(db, { ...part('1'), mediaGroupId: 'g', text: '' }), mediaGroupId: 'g' }
    expect(await broadcasts.addToAlbum(db, { ...album, mediaGroupId: 'other' }, part('x'))).toBe(false)
    for (let n = 2; n <= 10; n += 1) expect(await broadcasts.addToAlbum(db, album, part(String(n)))).toBe(true)
    expect(await broadcasts.addToAlbum(db, album, part('11'))).toBe(false)
    const draft = await broadcasts.find(db, album.id)
    expect(draft!.content!.payload['media']).toHaveLength(10)
    expect(draft).toMatchObject({ text: '2', revision: 10 })
    expect(draft!.previewDueAt).toBeDefined()
    expect(await broadcasts.endPreview(db, album.id, { revision: 9 })).toBe(false)
    expect(await broadcasts.endPreview(db, album.id, { revision: 10 })).toBe(true)
    expect((await broadcasts.find(db, album.id))!.previewDueAt).toBeUndefined()
  })
})

describe('an audience', () => {
  test('is a role, a company, or who has used the bot lately, of those who may be written to', async ({ db }) => {
    const { id: companyId } = await db
      .insertInto('company')
      .values({ name: 'Ромашка' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await aPerson(db, 1, { access: 'granted', role: 'admin' })
    await aPerson(db, 2, { access: 'granted', role: 'viewer', companyId })
    await aPerson(db, 3, { access: 'granted', companyId, unreachableSince: new Date() })
    await aPerson(db, 4, { access: 'denied', companyId })
    await aPerson(db, 5, { access: 'granted' })
    await sql`insert into chat_usage (chat_id, questions, files, bytes, minute_from) values
      (2, 1, 0, 0, now() - interval '3 days'), (4, 1, 0, 0, now()), (5, 1, 0, 0, now() - interval '20 days')`.execute(
      db,
    )
    const audiences: BroadcastAudience[] = [
      everybody,
      { kind: 'role', role: 'admin' },
      { kind: 'role', role: 'viewer' },
      { kind: 'company', companyId },
      { kind: 'active', days: 7 },
      { kind: 'active', days: 30 },
    ]
    expect(await broadcasts.countAudiences(db, audiences, approval)).toEqual([3, 1, 2, 1, 1, 2])
  })

  test('is the owners of running subscriptions to a train, a station or a client, however it is spelt', async ({
    db,
  }) => {
    const [first, second, third] = [await aGranted(db, 1), await aGranted(db, 2), await aGranted(db, 3)]
    await sql`insert into station (key, code, name) values ('98420', '98420', 'НАХОДКА')`.execute(db)
    const now = new Date()
    const about = (
      personId: number,
      subject: 'train' | 'destination' | 'client',
      subjectText: string,
      columns: object = {},
    ) =>
      db
        .insertInto('subscription')
        .values({ personId, name: 'x', slots: [], zone: 'UTC', nextDueAt: now, subject, subjectText, ...columns })
        .returning('id')
        .executeTakeFirstOrThrow()
    const train = await about(first, 'train', 'К25-073')
    await about(second, 'train', 'К25-073')
    await about(third, 'train', 'К25-073', { deletedAt: now })
    await about(third, 'train', 'К25-074', { pausedAt: now })
    await about(third, 'client', 'ООО Ромашка')
    await about(first, 'destination', '98420')
    await about(second, 'destination', 'Находка')
    const listed = await broadcasts.listSubscribed(db, 'train', { offset: 0, limit: 5 })
    expect(listed).toEqual({ rows: [{ subscriptionId: train.id, text: 'К25-073', people: 2 }], total: 1 })
    const audience = await broadcasts.findSubscribed(db, train.id)
    expect(audience).toEqual({ kind: 'subscribers', subject: 'train', text: 'К25-073' })
    expect(await broadcasts.countAudience(db, audience!, approval)).toBe(2)
    expect(await broadcasts.findSubscribed(db, 999)).toBeUndefined()
    const station = { kind: 'subscribers', subject: 'destination', text: 'Находка' } as const
    expect(await broadcasts.countAudience(db, station, approval)).toBe(2)
    const client = { kind: 'subscribers', subject: 'client', text: 'ООО Ромашка' } as const
    expect(await broadcasts.countAudiences(db, [client, { ...client, text: 'ООО Василёк' }], approval)).toEqual([1, 0])
  })
})

describe('a recall', () => {
  test('asks for each message that has left, once, also when jobs are lost', async ({ db }) => {
    const id = await anExpanded(db, 3)
    const [first, second, third] = await broadcasts.claimNext(db, id, 10)
    expect(await broadcasts.beginRecall(db, id)).toBe(false)
    await deliveries.claim(db, first!, me)
    await deliveries.recordOutcome(db, first!, { status: 'sent', messageId: 11 }, me)
    await deliveries.claim(db, second!, me)
    await deliveries.recordOutcome(db, second!, { status: 'sent', messageId: 21, albumMessageIds: [21, 22] }, me)
    await deliveries.claim(db, third!, me)
    await broadcasts.cancel(db, id)
    expect([await broadcasts.beginRecall(db, id), await broadcasts.beginRecall(db, id)]).toEqual([true, false])
    expect(await broadcasts.claimRecalls(db, id, 10)).toEqual([first, second])
    // A message that was leaving at the moment of the recall is recalled as well.
    await deliveries.recordOutcome(db, third!, { status: 'sent', messageId: 31 }, me)
    expect(await broadcasts.claimRecalls(db, id, 10)).toEqual([third])
    await sql`update broadcast_recall set enqueued_at = now() - interval '2 min' where delivery_id = ${first!}`.execute(
      db,
    )
    expect(await broadcasts.claimRecalls(db, id, 10)).toEqual([first])
    expect(await broadcasts.findRecall(db, first!)).toMatchObject({ messageIds: [11], isTooOld: false, mayLeave: true })
    expect(await broadcasts.findRecall(db, second!)).toMatchObject({ messageIds: [21, 22] })
    await broadcasts.recordRecall(db, first!, { status: 'deleted' })
    await broadcasts.recordRecall(db, second!, { status: 'kept', error: 'no' })
    expect(await broadcasts.findRecall(db, first!)).toBeUndefined()
    expect(await broadcasts.countRecalls(db, id)).toEqual({ due: 1, deleted: 1, kept: 1 })
    expect([await broadcasts.endRecall(db, id), await broadcasts.endRecall(db, id)]).toEqual([true, false])
  })

  test('is too late after 48 hours', async ({ db }) => {
    const id = await anExpanded(db, 1)
    await broadcasts.cancel(db, id)
    await sql`update broadcast set finished_at = now() - interval '49 h'`.execute(db)
    expect(await broadcasts.beginRecall(db, id)).toBe(false)
  })

  test('of a message sent more than 48 hours ago is known to fail', async ({ db }) => {
    const id = await anExpanded(db, 1)
    const [delivery] = await broadcasts.claimNext(db, id, 1)
    await deliveries.claim(db, delivery!, me)
    await deliveries.recordOutcome(db, delivery!, { status: 'sent', messageId: 11 }, me)
    await broadcasts.cancel(db, id)
    await broadcasts.beginRecall(db, id)
    await broadcasts.claimRecalls(db, id, 1)
    await sql`update delivery set finished_at = now() - interval '49 h'`.execute(db)
    expect(await broadcasts.findRecall(db, delivery!)).toMatchObject({ isTooOld: true })
  })
})
