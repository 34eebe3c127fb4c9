import { aDislocationRow, aDislocationWorkbook, moscowText } from '@atermtrack/testkit'
import type { DroppedFile } from './drop-folder.ts'
import { containers } from './main-job.ts'

const minuteMs = 60_000

/** A report on three containers of one train at one station. */
export async function aTrainReport({
  minutesAgo,
  operation,
  operatedMinutesAgo = minutesAgo + 30,
}: {
  readonly minutesAgo: number
  readonly operation: string
  readonly operatedMinutesAgo?: number
}): Promise<DroppedFile> {
  const stamp = new Date(Date.now() - minutesAgo * minuteMs)
  const operated = new Date(Date.now() - operatedMinutesAgo * minuteMs)
  const rows = containers(3).map((container) =>
    aDislocationRow({
      'Номер контейнера': container,
      Операция: operation,
      'Дата и время операции': moscowText(operated),
    }),
  )
  return {
    fileName: `103_${stamp.toISOString().replaceAll(/\D/g, '')}.xlsx`,
    content: await aDislocationWorkbook({ rows, stamp }),
    mailedAt: stamp,
  }
}
