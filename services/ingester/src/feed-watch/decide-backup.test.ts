import { expect, test } from 'vitest'
import { type BackupState, decideBackup } from './decide-backup.ts'

const okAt = new Date('2026-06-01T00:00:00Z')
const failingSince = new Date('2026-06-02T00:00:00Z')
const well = { okAt, failingSince: null, error: null, ageSeconds: 3_600 }
const failed = { ...well, failingSince, error: 'the disk is full', ageSeconds: 86_400 }

function decide(state: Partial<BackupState>) {
  const { raise, clear } = decideBackup({ backup: well, overdueSeconds: 129_600, raised: new Set(), ...state })
  return { raise: raise.map(({ name }) => name), clear }
}

test('a failed backup is an alarm at once, and an overdue one beside it', () => {
  expect(decide({})).toEqual({ raise: [], clear: [] })
  expect(decide({ backup: failed })).toEqual({ raise: ['backup-failed'], clear: [] })
  const overdue = { ...failed, ageSeconds: 129_600 }
  expect(decide({ backup: overdue, raised: new Set(['backup-failed']) })).toEqual({
    raise: ['backup-overdue'],
    clear: [],
  })
  expect(decide({ backup: { ...well, ageSeconds: 129_599 } }).raise).toEqual([])
  expect(decide({ backup: { ...well, ageSeconds: 129_600 } }).raise).toEqual(['backup-overdue'])
})

test('a backup that succeeds ends both, and nothing else is cleared', () => {
  const raised = new Set(['backup-failed', 'backup-overdue', 'disk-nearly-full'])
  expect(decide({ raised })).toEqual({ raise: [], clear: ['backup-failed', 'backup-overdue'] })
})

test('a system that makes no backups raises none, nor does one whose operator wants none', () => {
  expect(decide({ backup: undefined })).toEqual({ raise: [], clear: [] })
  const raised = new Set(['backup-overdue'])
  expect(decide({ backup: { ...well, ageSeconds: 1e9 }, overdueSeconds: undefined, raised })).toEqual({
    raise: [],
    clear: ['backup-overdue'],
  })
})
