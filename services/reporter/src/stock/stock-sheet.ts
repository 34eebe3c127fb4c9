import { type StockBox, stockBoxes } from '@atermtrack/data'
import { daysOnSite, type StockMove, zoneLabel } from '@atermtrack/domain'
import { type Language, terminalsTexts } from '@atermtrack/messages'
import { type Sheet, type SheetColumn, tableSheet, type TableValue } from '@atermtrack/workbook-writer'

export interface StockSheetOptions {
  readonly terminalZone: string
  readonly showsClients: boolean
  /** Whether any rule says how long a container stands without a charge. */
  readonly showsStorage: boolean
  /** Set for containers that came or left; undefined for those on site. */
  readonly side: StockMove['side'] | undefined
}

interface Column extends SheetColumn {
  readonly value: (box: StockBox) => TableValue
}

/** The containers of a terminal as a table. Times are the terminal's own. */
export function stockSheet(boxes: readonly StockBox[], options: StockSheetOptions, language: Language): Sheet {
  const words = terminalsTexts[language].workbook
  const columns = columnsOf(boxes, options, language)
  return tableSheet(
    options.side ? words.movedSheets[options.side] : words.sheet,
    columns.map(({ header, kind }) => ({ header, kind })),
    boxes.map((box) => columns.map(({ value }) => value(box))),
  )
}

function columnsOf(
  boxes: readonly StockBox[],
  { terminalZone, showsClients, showsStorage, side }: StockSheetOptions,
  language: Language,
): readonly Column[] {
  const { workbook: words } = terminalsTexts[language]
  const { columns, yes, no } = words
  const text = (header: string, value: (box: StockBox) => string | null): Column => ({
    header,
    kind: 'text',
    value: (box) => value(box) ?? undefined,
  })
  const yesNo = (header: string, value: (box: StockBox) => boolean | null) =>
    text(header, (box) => {
      const said = value(box)
      return said === null ? null : said ? yes : no
    })
  const number = (header: string, value: (box: StockBox) => number | null | undefined): Column => ({
    header,
    kind: 'integer',
    value: (box) => value(box) ?? undefined,
  })
  return [
    text(columns.container, ({ container }) => container),
    text(columns.terminal, ({ terminal }) => terminal),
    text(columns.place, ({ place }) => place),
    text(columns.direction, ({ direction }) => direction),
    text(columns.stock, ({ stock }) => stock),
    ...(showsClients ? [text(columns.client, ({ client }) => client)] : []),
    text(columns.size, ({ size }) => size),
    yesNo(columns.loaded, ({ isLoaded }) => isLoaded),
    text(columns.cargo, ({ cargo }) => cargo),
    number(columns.grossKg, ({ grossKg }) => grossKg),
    yesNo(columns.customs, ({ isAtCustoms }) => isAtCustoms),
    text(columns.customsMode, ({ customsMode }) => customsMode),
    yesNo(columns.damaged, ({ isDamaged }) => isDamaged),
    text(columns.condition, ({ condition }) => condition),
    text(columns.order, ({ order }) => order),
    {
      header: words.arrivedAt(labelOf(boxes, terminalZone)),
      kind: 'dateTime',
      value: ({ arrivedWall }) => arrivedWall ?? undefined,
    },
    ...(side ? [dispatchColumn(words.dispatchedAt(labelOf(boxes, terminalZone)))] : []),
    number(columns.days, (box) => daysOnSite(box.arrivedAt ?? undefined, stockBoxes.endOfStay(box))),
    ...(showsStorage
      ? [
          number(columns.freeDays, ({ storage }) => storage?.freeDays),
          number(columns.chargedDays, ({ storage }) => storage?.chargedDays),
          number(columns.charge, ({ storage }) => storage?.charge),
        ]
      : []),
  ]
}

function dispatchColumn(header: string): Column {
  return { header, kind: 'dateTime', value: ({ dispatchedWall }) => dispatchedWall ?? undefined }
}

/** The zone of the times, where all terminals have the same. */
function labelOf(boxes: readonly StockBox[], terminalZone: string): string {
  const labels = new Set(boxes.map(({ zone, asOf }) => zoneLabel(zone ?? terminalZone, asOf)))
  return labels.size === 1 ? ([...labels][0] ?? '') : ''
}
