import { broadcasts, type Db } from '@atermtrack/data'

const hourMs = 3_600_000

/** The parts of the progress of a broadcast. */
export interface Progress {
  readonly broadcast: Pick<broadcasts.Broadcast, 'id' | 'round' | 'status' | 'sendAt' | 'recalledAt' | 'recallEndedAt'>
  readonly counts: broadcasts.BroadcastCounts
  readonly recall: broadcasts.RecallCounts
  /** Something has left, and Telegram still deletes it. */
  readonly mayRecall: boolean
}

const noRecall: broadcasts.RecallCounts = { due: 0, deleted: 0, kept: 0 }

export async function readProgress(db: Db, broadcast: broadcasts.Broadcast, now: Date): Promise<Progress> {
  const { id, recalledAt, finishedAt } = broadcast
  const counts = await broadcasts.count(db, id)
  const isYoung = finishedAt !== undefined && now.getTime() - finishedAt.getTime() < broadcasts.recallHours * hourMs
  return {
    broadcast,
    counts,
    recall: recalledAt ? await broadcasts.countRecalls(db, id) : noRecall,
    mayRecall: isYoung && !recalledAt && counts.sent > 0,
  }
}
