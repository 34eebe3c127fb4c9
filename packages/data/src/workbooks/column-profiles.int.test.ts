import { expect, test } from '@atermtrack/testkit'
import * as columnProfiles from './column-profiles.ts'

test('a later lesson about a header replaces the one before it', async ({ db }) => {
  const taught = { headerSignature: 'box\nwhere', columns: { container: 0 } }
  const id = await columnProfiles.save(db, taught, { createdBy: undefined })
  const better = { ...taught, columns: { container: 0, operationStation: 1 } }
  expect(await columnProfiles.save(db, better, { createdBy: undefined })).toBe(id)
  expect(await columnProfiles.list(db)).toEqual([{ id, ...better }])
})
