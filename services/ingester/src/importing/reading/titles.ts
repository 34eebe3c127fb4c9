import { cellText, findFormationStamp, stampFromFileName, toInstant, type WallTime } from '@atermtrack/domain'
import type { Row } from './sheet-reader.ts'

export interface Titles {
  /** The stamp as the source printed it; empty when there is none. */
  readonly stampText: WallTime | ''
  readonly stamp: Date | undefined
  readonly reportNumber: string
}

const numberSign = /№\s*(\d{1,10})/u

/** Facts about a report in the lines above its header and in the name of the file. */
export function readTitles(
  rows: readonly Row[],
  { fileName, zone }: { readonly fileName: string; readonly zone: string },
): Titles {
  const texts = rows.flatMap(({ cells }) => cells.map((cell) => cellText(cell) ?? ''))
  const wall = findFormationStamp(texts) ?? stampFromFileName(fileName)
  return {
    stampText: wall ?? '',
    stamp: wall && toInstant(wall, zone),
    reportNumber: numberSign.exec(texts.join('\n'))?.[1] ?? '',
  }
}
