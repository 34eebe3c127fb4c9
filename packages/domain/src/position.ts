export interface PositionOrder {
  /** Formation stamp of the report. */
  readonly stampAt: Date
  readonly operatedAt: Date
  /** Row of the sheet. */
  readonly rowNumber: number
  /** Hash of the content of the row, in characters of ASCII. */
  readonly contentHash: string
}

/**
 * Total order of the positions of a container: stamp, operation time, row, hash. Corrections win, and the newest is the
 * same whatever the order of arrival. SQL repeats it, with the hash compared by bytes (`collate "C"`).
 */
export function isNewerPosition(a: PositionOrder, b: PositionOrder): boolean {
  if (a.stampAt.getTime() !== b.stampAt.getTime()) return a.stampAt > b.stampAt
  if (a.operatedAt.getTime() !== b.operatedAt.getTime()) return a.operatedAt > b.operatedAt
  if (a.rowNumber !== b.rowNumber) return a.rowNumber > b.rowNumber
  return a.contentHash > b.contentHash
}
