import { describe, expect, it } from 'vitest'
import { must, refuse } from '../result/result.ts'
import { text, wholeNumber } from './cells.ts'
import { column, optionalColumn, placesOf, rowReader } from './columns.ts'

const columns = {
  name: column(['姓名', 'Name'], text(4), { personal: true }),
  size: column(['人口', '家庭人口'], wholeNumber(1, 20)),
  note: optionalColumn(['备注'], text(100)),
}
const reader = (heading: string[]) => rowReader(columns, must(placesOf(columns, heading)))

describe('a heading', () => {
  it('is understood in any order, width, case and with its unit', () => {
    const places = must(placesOf(columns, ['\ufeff序号', '家庭人口（人）', ' * NAME ', '其他']))
    expect([...places]).toEqual([
      ['size', 1],
      ['name', 2],
    ])
  })

  it('must have what is needed, once', () => {
    expect(placesOf(columns, ['备注'])).toEqual(
      refuse('import.columns_missing', { columns: ['姓名', '人口'] }),
    )
    expect(placesOf(columns, ['姓名', '人口', 'name'])).toEqual(
      refuse('import.column_twice', { column: 'name' }),
    )
  })
})

describe('a row', () => {
  it('is read by the heading, optional cells being null', () => {
    expect(reader(['人口', '姓名', '备注'])([' 4 ', '王', ''])).toEqual({
      row: { name: '王', size: 4, note: null },
    })
    expect(reader(['人口', '姓名'])(['4', '王', 'more'])).toEqual({
      row: { name: '王', size: 4, note: null },
    })
  })

  it('tells every cell that is wrong, and nothing personal', () => {
    expect(reader(['姓名', '人口', '备注'])(['欧阳某某某', '四', 'x'.repeat(101)])).toEqual({
      faults: [
        { column: 'name', code: 'cell.too_long', params: { most: 4 }, excerpt: null },
        { column: 'size', code: 'cell.not_whole', params: {}, excerpt: '四' },
        { column: 'note', code: 'cell.too_long', params: { most: 100 }, excerpt: 'x'.repeat(80) },
      ],
    })
    expect(reader(['姓名', '人口'])(['', '\ufffd'])).toEqual({
      faults: [
        { column: 'name', code: 'cell.empty', params: {}, excerpt: null },
        { column: 'size', code: 'cell.unreadable', params: {}, excerpt: '\ufffd' },
      ],
    })
    expect(reader(['姓名', '人口'])(['王'])).toEqual({
      faults: [{ column: '', code: 'row.too_short', params: { cells: 1 }, excerpt: null }],
    })
  })
})
