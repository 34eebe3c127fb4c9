import type { ReadReport, ReportLine, UndoneContainer } from './needed-rows.ts'
import { createFieldReader, forEachLine, lineAt } from './staged-lines.ts'

const readContainer = createFieldReader('container')
const readTime = createFieldReader('operated_at')
const readOperation = createFieldReader('operation')
const readStation = createFieldReader('station_key')

/**
 * Collects the other reports of the operations that an undone report was the first to mention. The oldest report counts; between
 * equal stamps the content decides. Reports come from the newest stamp to the oldest, so only those of the last stamp are held.
 */
export function createKnownOperations<Report extends ReadReport>(undone: readonly UndoneContainer[]) {
  const times = new Map<string, ReadonlySet<string>>()
  for (const { container, operatedAt } of undone)
    if (operatedAt.length > 0) times.set(container, new Set(operatedAt.map((time) => time.toISOString())))
  const reported = new Map<string, ReportLine<Report>[]>()

  function hold(key: string, one: ReportLine<Report>): void {
    const known = reported.get(key)
    if (known?.[0]?.report.stamp.getTime() === one.report.stamp.getTime()) known.push(one)
    else reported.set(key, [one])
  }
  return {
    collect(lines: Buffer, report: Report): void {
      if (times.size === 0) return
      forEachLine(lines, (start) => {
        const container = readContainer(lines, start)
        const wanted = times.get(container)
        if (!wanted) return
        const time = readTime(lines, start)
        if (!wanted.has(time)) return
        const key = [container, time, readOperation(lines, start), readStation(lines, start)].join('\t')
        hold(key, { report, line: lineAt(lines, start) })
      })
    },
    list: (): readonly ReportLine<Report>[] => [...reported.values()].flat(),
  }
}
