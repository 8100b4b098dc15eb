import type { Source } from './source.ts'

export type Mark = 'shenzhen' | 'green' | 'organic' | 'geographical' | 'pollution_free'

/** A paper that a product bears its mark by. */
export interface Paper {
  readonly kind: Mark
  readonly number: string
  readonly issuer: string
  readonly source: Source
}

/** Ten products of seven classes bear the mark of S3-37; which ones, and every other mark, is ours. */
const marked: Readonly<Record<string, readonly Mark[]>> = {
  'mango.tianyang': ['shenzhen', 'green'],
  'mango.leye': ['shenzhen'],
  'kiwi.zayu': ['shenzhen', 'organic'],
  'kiwi.leye': ['shenzhen'],
  'mandarin.xilin': ['shenzhen'],
  'kumquat.huanjiang': ['shenzhen'],
  'tomato.tianyang': ['shenzhen', 'green'],
  'orah.huanjiang': ['shenzhen'],
  'rice.bama': ['shenzhen', 'organic'],
  'chicken.dahua': ['shenzhen'],
  'tea.zijin': ['green'],
  'chestnut.dongyuan': ['geographical'],
  'camellia.longchuan': ['organic'],
  'greens.yuancheng': ['pollution_free'],
  'chicken.ongniud': ['green'],
  'daisy.taxkorgan': ['organic'],
}

export const marksOf = (family: string): readonly Mark[] => marked[family] ?? []

export const papersOf = (family: string): readonly Paper[] =>
  marksOf(family).map((kind, n) => ({
    ...{ kind, number: `DEMO-${family.toUpperCase()}-${n + 1}`, issuer: '示范评价机构' },
    source: kind === 'shenzhen' ? 'S3-37' : 'invented',
  }))

/** Kinds of their class, as the products' own names say them. */
const varieties: Readonly<Record<string, string>> = {
  'chicken.dahua': '七百弄鸡',
  'beef.duan': '瑶山牛',
  'jujube.kashgar': '小圆枣',
  'peach.lianping': '鹰嘴蜜桃',
  'pumpkin.haifeng': '奶油南瓜',
  'orah.huanjiang': '沃柑',
  'rice.bama': '香米',
  'greens.yuancheng': '菜心',
  'kumquat.huanjiang': '脆蜜金桔',
  'pomelo.huanjiang': '青皮柚',
  'mandarin.xilin': '砂糖橘',
}

export const varietyOf = (family: string): string => varieties[family] ?? ''
