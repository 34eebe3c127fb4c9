import { expect, test } from '@atermtrack/testkit'
import * as columnProfiles from './column-profiles.ts'

test('a later mapping of a header replaces the one before it', async ({ db }) => {
  const mapped = { headerSignature: 'box\nwhere', columns: { container: 0 } }
  const id = await columnProfiles.save(db, mapped, { createdBy: undefined })
  const better = { ...mapped, columns: { container: 0, operationStation: 1 } }
  expect(await columnProfiles.save(db, better, { createdBy: undefined })).toBe(id)
  expect(await columnProfiles.list(db)).toEqual([{ id, ...better }])
})
