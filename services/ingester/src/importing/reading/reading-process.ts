import { findLikeParts, haveSameParts, serveTasks } from '@atermtrack/workbook-reader'
import type { FirstLook, ReadingTask } from '../workbook-readers.ts'
import { digestWorkbook } from './digest-workbook.ts'
import { warmUp } from './warm-up.ts'

await serveTasks(
  async (task: ReadingTask, sendPart): Promise<FirstLook | boolean> => {
    if (task.kind === 'compare') return haveSameParts(task.bytes, task.other, task.limits.workbook)
    const { bytes, request, recent } = task
    const like = await findLikeParts(bytes, recent, request.limits.workbook)
    return like ? { kind: 'like', workbookId: like.id } : digestWorkbook(bytes, request, sendPart)
  },
  { warmUp },
)
