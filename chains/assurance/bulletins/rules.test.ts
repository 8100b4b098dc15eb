import { describe, expect, it } from 'vitest'
import { checkText, draftText, filled, inTable, referencesOf, showAmount } from './rules.ts'

const section = (text: string, tables: string[] = [], heading = '一、总体') => [{ heading, text, tables }]
const keys = new Set(['completed', 'households'])
const told = (text: string) => {
  const outcome = checkText('月报', section(text), keys)
  return outcome.ok ? 'fine' : `${outcome.code} ${Object.values(outcome.params)[0]}`
}

describe('the words of a bulletin', () => {
  it('may say anything that is no figure', () => {
    for (const text of [
      '2025年10月1日至31日，按照第3条，完成采购{{completed}}，带动{{households}}。',
      '推进“一户一策”，三人小组进村入户，832平台运行平稳。',
      'In October 2025 purchases came to {{completed}}; section 3 tells more.',
      '',
    ])
      expect(told(text)).toBe('fine')
  })

  it.each([
    ['完成采购1,234.56万元', '1,234.56万元'],
    ['带动农户 3128 户', '3128 户'],
    ['同比增长５％', '５％'],
    ['完成率106.86%', '106.86%'],
    ['提高3个百分点', '3个百分点'],
    ['销售三百二十万元', '三百二十万元'],
    ['占百分之五十', '百分之五十'],
    ['约2亿多元', '2亿多元'],
    ['约3000余人次', '3000余人'],
    ['came to 1.2 million yuan', '1.2 million'],
    ['{{completed}}，其中5万元', '5万元'],
    ['{{completed}}9元', '9元'],
  ])('may not type the figure in "%s"', (text, figure) => {
    expect(told(text)).toBe(`bulletin.typed_figure ${figure}`)
  })

  it('place and list only figures that the bulletin has', () => {
    expect(told('完成{{orders}}')).toBe('bulletin.unknown_figure orders')
    expect(told('完成{{ completed }}')).toBe('bulletin.unknown_figure  completed ')
    expect(checkText('月报', section('', ['nothing']), keys)).toMatchObject({
      code: 'bulletin.unknown_figure',
    })
    expect(checkText('完成8万元', section(''), keys)).toMatchObject({ code: 'bulletin.typed_figure' })
    expect(checkText('月报', section('', [], '一、8万元'), keys)).toMatchObject({
      code: 'bulletin.typed_figure',
    })
  })

  it('of a draft place every figure that they name', () => {
    const { title, sections } = draftText('2025-10')
    expect(title).toBe('消费帮扶工作月报（2025年10月）')
    const figures = referencesOf('2025-10')
    expect(checkText(title, sections, new Set(figures.map(figure => figure.key)))).toMatchObject({ ok: true })
    expect(figures.find(figure => figure.key === 'completed_year')).toMatchObject({
      ...{ from: '2025-01', to: '2025-10', grain: 'year' },
    })
  })

  it('are read with the figures in their places', () => {
    expect(
      filled('完成{{a}}、{{b}}、{{c}}', [
        { key: 'a', shown: '1元' },
        { key: 'b', shown: '$&' },
      ]),
    ).toBe('完成1元、$&、{{c}}')
  })
})

describe('amounts', () => {
  it('are shown in yuan, 万元 and 亿元, hundredths of a percent as percent, counts with their unit', () => {
    const shown = (value: number | null, unit: string) => showAmount(value, unit, { household: '户' })
    expect(
      [0, 5, 99_999, 999_999, 1_000_000, 123_456_789, 8_465_530_000, 23_600_000_000, -150].map(n =>
        shown(n, 'fen'),
      ),
    ).toEqual([
      ...[
        '0.00元',
        '0.05元',
        '999.99元',
        '9,999.99元',
        '1.00万元',
        '123.46万元',
        '8,465.53万元',
        '2.36亿元',
        '-1.50元',
      ],
    ])
    expect([shown(10_686, 'percent'), shown(3128, 'household'), shown(null, 'fen')]).toEqual([
      '106.86%',
      '3,128户',
      '—',
    ])
    expect([inTable(123_456_789, 'fen'), inTable(7, 'household'), inTable(null, 'percent')]).toEqual([
      '1,234,567.89',
      '7',
      '—',
    ])
  })
})
