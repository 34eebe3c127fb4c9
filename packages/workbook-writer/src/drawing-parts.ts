import { escapeXml } from '@atermtrack/workbook-reader/package'
import { chartXml } from './chart-xml.ts'
import { relationships, xml } from './package-xml.ts'
import { drawingPlace as place, pictureRowOf, type Sheet, type SheetPicture } from './sheet.ts'

/** A part of a package before it is packed. */
export interface Part {
  readonly name: string
  readonly content: string | Uint8Array
  /** The same in most workbooks. */
  readonly isRepeated: boolean
}

/** The unit of drawings for a pixel of the screen. */
const unitsPerPixel = 9_525
/** How wide a picture is shown, in pixels of the screen. */
const shownWidth = 800

const namespaces = [
  'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
].join(' ')
const chartNamespace = 'http://schemas.openxmlformats.org/drawingml/2006/chart'

/** The parts of the chart and the picture of a sheet, right of its table, with the relationship of the sheet to them. */
export function drawingParts(
  sheet: Sheet,
  {
    sheetName,
    sheetNumber,
    number,
  }: { readonly sheetName: string; readonly sheetNumber: number; readonly number: number },
): readonly Part[] {
  const { chart, picture } = sheet
  const targets = [
    ...(chart ? [['chart', `../charts/chart${number}.xml`] as const] : []),
    ...(picture ? [['image', `../media/image${number}.png`] as const] : []),
  ]
  return [
    {
      name: `xl/worksheets/_rels/sheet${sheetNumber}.xml.rels`,
      content: relationships([['drawing', `../drawings/drawing${number}.xml`]]),
      isRepeated: true,
    },
    // The words of a picture differ.
    { name: `xl/drawings/drawing${number}.xml`, content: drawingXml(sheet), isRepeated: picture === undefined },
    { name: `xl/drawings/_rels/drawing${number}.xml.rels`, content: relationships(targets), isRepeated: true },
    ...(chart
      ? [{ name: `xl/charts/chart${number}.xml`, content: chartXml(sheet, sheetName, chart), isRepeated: false }]
      : []),
    ...(picture ? [{ name: `xl/media/image${number}.png`, content: picture.png, isRepeated: false }] : []),
  ]
}

function drawingXml({ columns, chart, picture }: Sheet): string {
  const column = columns.length + place.gap
  const anchors = [
    ...(chart ? [chartAnchor(column, 'rId1')] : []),
    ...(picture ? [pictureAnchor(picture, { column, row: pictureRowOf(chart) }, chart ? 'rId2' : 'rId1')] : []),
  ]
  return `${xml}<xdr:wsDr ${namespaces}>${anchors.join('')}</xdr:wsDr>`
}

function chartAnchor(column: number, relationship: string): string {
  const from = corner('from', { column, row: place.firstRow })
  const to = corner('to', { column: column + place.width, row: place.firstRow + place.height })
  return `<xdr:twoCellAnchor>${from}${to}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Chart 1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${chartNamespace}"><c:chart xmlns:c="${chartNamespace}" r:id="${relationship}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`
}

/** A picture keeps its size, whatever becomes of the columns below it. */
function pictureAnchor(
  { png, text }: SheetPicture,
  at: { readonly column: number; readonly row: number },
  relationship: string,
): string {
  const { width, height } = pixelsOf(png)
  const size = (pixels: number) => Math.round((pixels * shownWidth * unitsPerPixel) / width)
  const extent = `cx="${size(width)}" cy="${size(height)}"`
  return `<xdr:oneCellAnchor>${corner('from', at)}<xdr:ext ${extent}/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="3" name="Picture 1" descr="${escapeXml(
    text,
  )}"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="${relationship}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>`
}

function corner(name: 'from' | 'to', { column, row }: { readonly column: number; readonly row: number }): string {
  return `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`
}

/** The size of a PNG, which stands in its first chunk. */
function pixelsOf(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
