import { words } from '@silian/chains/words.ts'
import { gather, MOST_SHEET_BYTES } from '@silian/kernel/files/store.ts'
import { checkCharacter } from '@silian/kernel/personal/identity-number.ts'
import { styleOf } from '@silian/kernel/sheets/styles.ts'
import { writeWorkbook } from '@silian/kernel/sheets/write.ts'

/** A household that nobody could be taken for. Invented, with an area no identity number can have. */
export interface Known {
  readonly code: string
  readonly head: string
  readonly spouse: string
  readonly numbers: readonly [string, string]
  readonly formerNumber: string
  readonly phone: string
  readonly account: string
  readonly formerAccount: string
  readonly bank: string
  readonly skill: string
  readonly visitor: string
  readonly said: string
}

const number = (n: number): string => {
  const body = `99999919770707${String(n).padStart(3, '0')}`
  return body + checkCharacter(body)
}

export const leaving: Known = {
  ...{ code: 'GONE-77-A', head: '欧阳无迹', spouse: '端木消影', numbers: [number(701), number(702)] },
  ...{
    formerNumber: number(703),
    phone: '19900077001',
    account: '6217000770017701',
    formerAccount: '6217000770017799',
  },
  ...{ bank: '示例甲甲银行', skill: '示例竹丝扣瓷', visitor: '示例来访者甲', said: '屋后有三棵示例龙眼' },
}
export const paid: Known = {
  ...{ code: 'KEPT-88-B', head: '上官存根', spouse: '诸葛尚在', numbers: [number(801), number(802)] },
  ...{
    formerNumber: number(803),
    phone: '19900088001',
    account: '6217000880018801',
    formerAccount: '6217000880018899',
  },
  ...{ bank: '示例乙乙银行', skill: '示例银饰錾刻', visitor: '示例来访者乙', said: '门前有两口示例水井' },
}

/** All they could be known by. */
export const wordsOf = (who: Known): string[] => Object.values(who).flat()

/** Households with their members as people send them, and one that is refused for its number. */
export async function workbookOf(all: readonly Known[]): Promise<Buffer> {
  const said = words.of('zh', 'household')
  const heading = (names: readonly string[]) => names.map(name => said[`column.${name}`]!)
  const houses = [
    heading(['code', 'villageCode', 'class', 'cause', 'bankName', 'bankAccount']),
    ...all.map(who => [who.code, '451003901001', 'lifted', 'illness', who.bank, who.formerAccount]),
  ]
  const members = [
    [
      said['column.code']!,
      ...heading(['name', 'idNumber', 'relation', 'sex', 'labour', 'phone', 'skill'].map(n => `member.${n}`)),
    ],
    ...all.flatMap(who => [
      [who.code, who.head, who.numbers[0], 'head', 'male', 'ordinary', who.phone, who.skill],
      [who.code, who.spouse, who.numbers[1], 'spouse', 'female', 'ordinary', '', ''],
      [`${who.code}-BAD`, who.head, who.numbers[0].replace(/.$/, 'Z'), 'head', 'male', 'ordinary', '', ''],
    ]),
  ]
  for (const who of all) houses.push([`${who.code}-BAD`, '451003901001', 'lifted', 'illness', who.bank, 'x'])
  const sheet = (name: string, rows: readonly (readonly string[])[]) => ({
    ...{ name, widths: [] },
    rows: rows.map(row => ({ cells: row.map(value => ({ value, style: styleOf('plain') })) })),
  })
  const book = writeWorkbook([sheet(said.title!, houses), sheet(said['part.member']!, members)])
  return (await gather(book, MOST_SHEET_BYTES))!
}
