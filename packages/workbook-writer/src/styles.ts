import type { ColumnKind } from './to-cell.ts'

/** The meaning that a colour stands for. */
export type Tone = 'plain' | 'bad' | 'warn' | 'good' | 'done' | 'calm' | 'gone' | 'late'

export const formats: Readonly<Record<ColumnKind, string>> = {
  text: '@',
  integer: '0',
  decimal: '0.0',
  date: 'dd.mm.yyyy',
  dateTime: 'dd.mm.yyyy hh:mm',
}

const kinds = Object.keys(formats) as readonly ColumnKind[]
/** Custom number formats begin here. */
const firstFormat = 164
const tones: Readonly<Record<Tone, { readonly fill: string | undefined; readonly font: number }>> = {
  plain: { fill: undefined, font: 0 },
  bad: { fill: 'FFF8CBAD', font: 0 },
  warn: { fill: 'FFFFE699', font: 0 },
  good: { fill: 'FFC6E0B4', font: 0 },
  done: { fill: 'FFE2EFDA', font: 0 },
  calm: { fill: 'FFDDEBF7', font: 0 },
  gone: { fill: 'FFD9D9D9', font: 0 },
  late: { fill: undefined, font: 3 },
}
const toneNames = Object.keys(tones) as readonly Tone[]
const headerFill = 'FFD6DCE4'
const fills = [...toneNames.flatMap((tone) => tones[tone].fill ?? []), headerFill]

/** Styles of the cells that are not part of a table's body. */
export const specialStyles = { title: 1, line: 2, header: 3 } as const
const firstCellStyle = 4

/** The index of the style of a cell in a table's body. */
export function styleOf(kind: ColumnKind, tone: Tone, beginsGroup: boolean): number {
  return indexes[kind][tone][beginsGroup ? 1 : 0]
}

const combinations = kinds.flatMap((kind) =>
  toneNames.flatMap((tone) => [false, true].map((beginsGroup) => ({ kind, tone, beginsGroup }))),
)
type Indexes = Record<ColumnKind, Record<Tone, [usual: number, ofGroup: number]>>
/** A look-up for each cell: a key made of the three would take as long as the rest of the cell. */
const indexes = Object.fromEntries(kinds.map((kind) => [kind, {}])) as Indexes
for (const [place, { kind, tone, beginsGroup }] of combinations.entries()) {
  indexes[kind][tone] ??= [0, 0]
  indexes[kind][tone][beginsGroup ? 1 : 0] = firstCellStyle + place
}

const font = (size: number, { isBold = false, colour = 'FF000000' } = {}) =>
  `<font>${isBold ? '<b/>' : ''}<sz val="${size}"/><color rgb="${colour}"/><name val="Calibri"/><family val="2"/><charset val="204"/></font>`
const fonts = [
  font(11),
  font(14, { isBold: true }),
  font(11, { isBold: true }),
  font(11, { isBold: true, colour: 'FFC00000' }),
]
const solid = (colour: string) =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`
const noBorder = '<border><left/><right/><top/><bottom/><diagonal/></border>'
const hair = '<color rgb="FFBFBFBF"/>'
const thin = `<border><left/><right/><top/><bottom style="thin">${hair}</bottom><diagonal/></border>`
const group = `<border><left/><right/><top style="medium"><color rgb="FF7F7F7F"/></top><bottom style="thin">${hair}</bottom><diagonal/></border>`

/** The part `styles.xml`: the same for every workbook. */
export const stylesXml: string = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${kinds.length}">${kinds
  .map((kind, place) => `<numFmt numFmtId="${firstFormat + place}" formatCode="${formats[kind]}"/>`)
  .join('')}</numFmts><fonts count="${fonts.length}">${fonts.join('')}</fonts><fills count="${
  fills.length + 2
}"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fills
  .map(solid)
  .join(
    '',
  )}</fills><borders count="3">${noBorder}${thin}${group}</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${
  firstCellStyle + combinations.length
}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="${firstFormat}" fontId="2" fillId="${
  fills.length + 1
}" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>${combinations
  .map(cellFormat)
  .join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

function cellFormat({ kind, tone, beginsGroup }: (typeof combinations)[number]): string {
  const { fill, font: fontId } = tones[tone]
  const fillId = fill === undefined ? 0 : fills.indexOf(fill) + 2
  return `<xf numFmtId="${firstFormat + kinds.indexOf(kind)}" fontId="${fontId}" fillId="${fillId}" borderId="${
    beginsGroup ? 2 : 1
  }" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>`
}
