import { serveTasks } from '@atermtrack/workbook-reader'
import type { DigestRequest } from '../workbook-digest.ts'
import { digestWorkbook } from './digest-workbook.ts'
import { warmUp } from './warm-up.ts'

interface ReadingTask {
  readonly bytes: Uint8Array
  readonly request: DigestRequest
}

await serveTasks(async ({ bytes, request }: ReadingTask, sendPart) => digestWorkbook(bytes, request, sendPart), {
  warmUp,
})
