import { columnLetters } from '@atermtrack/domain'
import { escapeXml } from '@atermtrack/workbook-reader/package'
import { headerRowOf, type Sheet, type SheetChart } from './sheet.ts'
import { toned } from './sheet-xml.ts'

/** Colours of the series, as RGB. */
const colours = ['70AD47', '5B9BD5', 'ED7D31', 'A5A5A5']
/** The part of a chart of stacked columns. It holds the values too, for programs that do not work them out. */
export function chartXml(sheet: Sheet, sheetName: string, chart: SheetChart): string {
  const text = (value: string) =>
    `<c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr sz="1200" b="1"/><a:t>${escapeXml(value)}</a:t></a:r></a:p></c:rich></c:tx>`
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:roundedCorners val="0"/><c:chart><c:title>${text(
    chart.title,
  )}<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>${chart.series
    .map((column, order) => seriesXml(sheet, sheetName, chart, { column, order }))
    .join(
      '',
    )}<c:gapWidth val="60"/><c:overlap val="100"/><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx></c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`
}

function seriesXml(
  sheet: Sheet,
  sheetName: string,
  { category, firstRow, rows }: SheetChart,
  { column, order }: { readonly column: number; readonly order: number },
): string {
  const header = headerRowOf(sheet)
  const first = header + 1 + firstRow
  const name = `'${sheetName.replaceAll("'", "''")}'`
  const range = (index: number) =>
    escapeXml(`${name}!$${columnLetters(index)}$${first}:$${columnLetters(index)}$${first + rows.length - 1}`)
  const points = (index: number) =>
    `<c:ptCount val="${rows.length}"/>${rows
      .map(
        ({ cells }, place) =>
          `<c:pt idx="${place}"><c:v>${escapeXml(String(toned(cells[index]).value ?? 0))}</c:v></c:pt>`,
      )
      .join('')}`
  const title = sheet.columns[column]?.header ?? ''
  return `<c:ser><c:idx val="${order}"/><c:order val="${order}"/><c:tx><c:strRef><c:f>${escapeXml(
    `${name}!$${columnLetters(column)}$${header}`,
  )}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${escapeXml(
    title,
  )}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val="${
    colours[order % colours.length]
  }"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>${range(
    category,
  )}</c:f><c:strCache>${points(category)}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>${range(
    column,
  )}</c:f><c:numCache><c:formatCode>0</c:formatCode>${points(column)}</c:numCache></c:numRef></c:val></c:ser>`
}
