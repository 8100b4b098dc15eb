import { cellName } from './cell.ts'
import { escaped } from './cell-xml.ts'
import { MAIN, type SheetComment } from './sheet-xml.ts'

/** Comments in the form that every spreadsheet program reads: their texts, and a drawing with a box for each. */
export const commentsXml = (comments: readonly SheetComment[]): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="${MAIN}"><authors><author>Silian</author></authors><commentList>${comments
    .map(
      ({ row, place, text }) =>
        `<comment ref="${cellName(place, row)}" authorId="0"><text><r><t xml:space="preserve">${escaped(text)}</t></r></text></comment>`,
    )
    .join('')}</commentList></comments>`

export const drawingXml = (comments: readonly SheetComment[]): string =>
  `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${comments.map(box).join('')}</xml>`

const box = ({ row, place }: SheetComment, i: number): string =>
  `<v:shape id="_x0000_s${1025 + i}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${place + 1},15,${row - 1},2,${place + 4},15,${row + 3},4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${place}</x:Column></x:ClientData></v:shape>`
