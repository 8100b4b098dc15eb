import type { ClaimKind } from '@silian/chains/supply/claims/rules.ts'

/** Somebody who buys for the kitchen at home; invented, as are the numbers and doors. */
export interface Shopper {
  readonly name: string
  readonly phone: string
  readonly areaCode: string
  readonly address: string
  readonly source: 'invented'
}

const shopper = (name: string, end: string, areaCode: string, address: string): Shopper => ({
  ...{ name, phone: `139000000${end}`, areaCode, address, source: 'invented' },
})

export const shoppers = {
  song: shopper('宋雪梅', '31', '440304', '示范路 12 号 3 栋 802'),
  ma: shopper('马建华', '32', '440305', '示范一路 8 号 1 栋 1504'),
  he: shopper('何婉仪', '33', '440306', '示范大道 66 号 B 座 903'),
  /** Those whom a service point orders for. */
  luo: shopper('罗桂芳', '41', '440304', '示范里 3 号 101'),
  tan: shopper('谭永年', '42', '440304', '示范里 5 号 203'),
  ye: shopper('叶秀珠', '43', '440304', '示范里 9 号 102'),
} as const

export type ShopperName = keyof typeof shoppers

/** What may happen to a citizen's order; `ago` are days before the present. */
export type ShopStep = { readonly ago: number } & (
  | { readonly do: 'ship' | 'collected' | 'delivered' | 'accept' | 'sign' }
  | { readonly do: 'evaluate'; readonly score: number; readonly text: string }
  | { readonly do: 'claim'; readonly kind: ClaimKind; readonly reason: string; readonly photo?: true }
  | { readonly do: 'agree' | 'refuse' | 'object'; readonly note: string }
  | { readonly do: 'send'; readonly carrier: string; readonly waybill: string }
  | { readonly do: 'complain'; readonly matter: 'quality' | 'delivery'; readonly text: string }
  | { readonly do: 'answer' | 'discontent'; readonly text: string }
)

export interface ShopStory {
  readonly by: ShopperName
  /** `near` is fresh and of the co-operative whose clerk signs in, `dry` keeps and may come back. */
  readonly goods: 'near' | 'dry'
  /** The n-th of those goods. */
  readonly nth: number
  readonly pieces: number
  readonly ago: number
  readonly proxy?: true
  readonly steps: readonly ShopStep[]
}

const brought = (ship: number, came: number): ShopStep[] => [
  { do: 'ship', ago: ship },
  { do: 'collected', ago: ship - 0.2 },
  { do: 'delivered', ago: came },
]
const told = (accept: number, score: number, text: string): ShopStep[] => [
  { do: 'accept', ago: accept },
  { do: 'evaluate', ago: accept - 0.1, score, text },
]

/** What citizens bought lately, and what came of it: enough that every page of the shop and its desks shows something. */
export const shopStories: readonly ShopStory[] = [
  {
    ...{ by: 'song', goods: 'dry', nth: 0, pieces: 2, ago: 10 },
    steps: [...brought(9.5, 7.5), ...told(7, 5, '香，煮出来粒粒分明，老人孩子都爱吃，已经推荐给邻居。')],
  },
  {
    ...{ by: 'ma', goods: 'dry', nth: 1, pieces: 1, ago: 9 },
    steps: [...brought(8.6, 6.5), ...told(6, 4, '味道正，包装再结实些就更好了。')],
  },
  {
    ...{ by: 'he', goods: 'dry', nth: 0, pieces: 3, ago: 8 },
    steps: [...brought(7.5, 5.5), ...told(5.2, 5, '第二次买了，能看到帮了哪些农户，买得放心。')],
  },
  {
    ...{ by: 'song', goods: 'near', nth: 0, pieces: 1, ago: 2.4 },
    steps: [...brought(2.2, 1.2), ...told(1, 5, '冰袋还没化，鸡很新鲜，炖汤很香。')],
  },
  { by: 'song', goods: 'near', nth: 1, pieces: 2, ago: 0.6, steps: [] },
  { by: 'he', goods: 'near', nth: 0, pieces: 1, ago: 0.3, steps: [] },
  {
    ...{ by: 'song', goods: 'near', nth: 2, pieces: 1, ago: 1.6 },
    steps: [
      { do: 'ship', ago: 1 },
      { do: 'collected', ago: 0.8 },
    ],
  },
  {
    ...{ by: 'song', goods: 'near', nth: 0, pieces: 3, ago: 2.4 },
    steps: [
      ...brought(2.2, 1.1),
      { do: 'claim', ago: 0.5, kind: 'quality', photo: true, reason: '有一只包装破了，汁水漏了一箱。' },
    ],
  },
  {
    ...{ by: 'he', goods: 'near', nth: 1, pieces: 2, ago: 2.4 },
    steps: [
      ...brought(2.2, 1.5),
      { do: 'claim', ago: 1.3, kind: 'quality', photo: true, reason: '收到时冰袋已化，有异味，不敢吃。' },
      { do: 'refuse', ago: 0.9, note: '出库温度记录正常，请提供开箱时的温度照片。' },
      { do: 'object', ago: 0.6, note: '快递员在场开的箱，照片上能看到冰袋全化了。' },
    ],
  },
  {
    ...{ by: 'ma', goods: 'near', nth: 2, pieces: 4, ago: 2.4 },
    steps: [
      ...brought(2.2, 1.4),
      { do: 'claim', ago: 1.2, kind: 'missing', reason: '下单四份，箱里只有三份。' },
      { do: 'agree', ago: 0.8, note: '核对出库单，确实少装一份，抱歉。' },
    ],
  },
  {
    ...{ by: 'song', goods: 'dry', nth: 2, pieces: 2, ago: 6 },
    steps: [
      ...brought(5.6, 4),
      { do: 'claim', ago: 3.5, kind: 'return', reason: '买多了，未拆封，想退一份。' },
      { do: 'agree', ago: 3, note: '同意，请寄回合作社仓库。' },
      { do: 'send', ago: 2, carrier: '示范邮政', waybill: 'YS-RT0027' },
    ],
  },
  {
    ...{ by: 'ma', goods: 'near', nth: 1, pieces: 1, ago: 2.4 },
    steps: [
      ...brought(2.2, 1),
      { do: 'complain', ago: 0.7, matter: 'delivery', text: '承诺次日发，第三天才到，电话也没人接。' },
    ],
  },
  {
    ...{ by: 'he', goods: 'dry', nth: 1, pieces: 1, ago: 7 },
    steps: [
      ...brought(6.5, 5),
      { do: 'complain', ago: 4, matter: 'quality', text: '宣传页写当季新货，收到的是去年的批次。' },
      { do: 'answer', ago: 3, text: '批次日期以包装为准，去年秋收、今年加工。' },
      { do: 'discontent', ago: 2, text: '页面没有说明加工时间，容易误会，请改正。' },
    ],
  },
  { by: 'luo', goods: 'near', nth: 0, pieces: 1, ago: 0.5, proxy: true, steps: [] },
  {
    ...{ by: 'tan', goods: 'near', nth: 2, pieces: 1, ago: 2, proxy: true },
    steps: [
      { do: 'ship', ago: 1.6 },
      { do: 'collected', ago: 1.4 },
    ],
  },
  {
    ...{ by: 'ye', goods: 'dry', nth: 0, pieces: 1, ago: 8, proxy: true },
    steps: [...brought(7.5, 6), { do: 'sign', ago: 5.5 }],
  },
]

/** What citizens look for in the shop, so many times in four weeks; invented. */
export const searches: Readonly<Record<string, number>> = {
  芒果: 64,
  核桃: 45,
  香米: 38,
  榴莲: 31,
  牦牛肉: 26,
  黑木耳: 24,
  腊肉: 22,
  蓝莓: 19,
  土鸡: 17,
  小米: 12,
  石榴: 9,
  hetao: 6,
}
