import { findLikeParts, hashParts, serveTasks } from '@atermtrack/workbook-reader'
import type { FirstLook, ReadingTask } from '../workbook-readers.ts'
import { digestWorkbook } from './digest-workbook.ts'
import { warmUp } from './warm-up.ts'

await serveTasks(
  async (task: ReadingTask, sendPart): Promise<FirstLook | Uint8Array | undefined> => {
    if (task.kind === 'hash') return hashParts(task.bytes, task.limits.workbook)
    const { bytes, request, recent } = task
    const like = await findLikeParts(bytes, recent, request.limits.workbook)
    return like ? { kind: 'like', workbookId: like.id } : digestWorkbook(bytes, request, sendPart)
  },
  { warmUp },
)
