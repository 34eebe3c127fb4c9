import { exportColumns, type ExportKind } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { ExportSources } from './export-source.ts'
import { peopleSources } from './people-sources.ts'
import { railwaySources } from './railway-sources.ts'

const sources: ExportSources<ExportKind> = { ...peopleSources, ...railwaySources }

/** A source whose kind is known only when it runs, with the columns in their order. */
interface AnySource {
  readonly columns: readonly {
    readonly name: string
    readonly value: RawBuilder<unknown>
    readonly isMoment: boolean
  }[]
  readonly from: RawBuilder<unknown>
  readonly time: RawBuilder<Date | null>
  readonly where: RawBuilder<boolean>
  readonly order: RawBuilder<unknown>
}

export function sourceOf(kind: ExportKind): AnySource {
  const { columns, from, time, where = sql<boolean>`true`, order } = sources[kind]
  const values: Readonly<Record<string, RawBuilder<unknown>>> = columns
  return {
    columns: Object.entries(exportColumns[kind]).map(([name, type]) => ({
      name,
      value: values[name] ?? sql`null`,
      isMoment: type === 'moment' || type === 'date',
    })),
    from,
    time,
    where,
    order,
  }
}
