/** How a cell shows its value. `fen` and `gram` are kept in the unit people read: yuan and kilograms. */
export const formats = ['plain', 'text', 'whole', 'yuan', 'kilogram', 'percent', 'date', 'instant'] as const
export type CellFormat = (typeof formats)[number]

const NUMBER_FORMAT: Readonly<Record<CellFormat, number>> = {
  plain: 0,
  text: 49,
  whole: 1,
  yuan: 4,
  kilogram: 164,
  percent: 10,
  date: 165,
  instant: 166,
}

/** `bad` is marked as wrong; `quoted` is text that a spreadsheet would otherwise take for a formula when it is edited. */
const LOOKS = ['as it is', 'bad', 'quoted'] as const
export type CellLook = (typeof LOOKS)[number]

const FILLS = { 'as it is': 0, bad: 3, quoted: 0 } as const

/** The number of a style in the workbook's list. */
export const styleOf = (format: CellFormat, look: CellLook = 'as it is'): number =>
  LOOKS.indexOf(look) * formats.length + formats.indexOf(format)

const SPECIAL = formats.length * LOOKS.length
export const HEADING = SPECIAL
export const HEADING_REQUIRED = SPECIAL + 1
/** Explanations, in lines of their own. */
export const NOTE = SPECIAL + 2
/** The reason why a line is bad. */
export const REASON = SPECIAL + 3

const xf = (number: number, font: number, fill: number, more = '', inside = ''): string =>
  `<xf numFmtId="${number}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"${more}${inside === '' ? '/>' : `>${inside}</xf>`}`

const wrapped = '<alignment vertical="top" wrapText="1"/>'

export const stylesXml = (): string => {
  const cells = LOOKS.flatMap(look =>
    formats.map(format =>
      xf(NUMBER_FORMAT[format], 0, FILLS[look], look === 'quoted' ? ' quotePrefix="1"' : ''),
    ),
  )
  const all = [
    ...cells,
    xf(49, 1, 2, ' applyAlignment="1"', wrapped),
    xf(49, 2, 2, ' applyAlignment="1"', wrapped),
    xf(49, 3, 0),
    xf(49, 4, 0, ' applyAlignment="1"', wrapped),
  ]
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.###"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>
<fonts count="5">${font('')}${font('<b/>')}${font('<b/><color rgb="FFC00000"/>')}${font('<i/><color rgb="FF595959"/>')}${font('<color rgb="FFC00000"/>')}</fonts>
<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('FFDDEBE4')}${fill('FFFFC7CE')}</fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="${all.length}">${all.join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`
}

const font = (looks: string): string => {
  const [, first = '', colour = ''] = /^(.*?)(<color.*)?$/.exec(looks)!
  return `<font>${first}<sz val="11"/>${colour}<name val="等线"/><family val="2"/></font>`
}
const fill = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${colour}"/><bgColor indexed="64"/></patternFill></fill>`
