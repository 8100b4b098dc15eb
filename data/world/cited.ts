import type { Cited } from './source.ts'

export type FigureUnit =
  | '元'
  | '元/斤'
  | '万元'
  | '亿元'
  | '斤'
  | '吨/日'
  | '亩'
  | '平方米'
  | '户'
  | '人'
  | '万人'
  | '万户'
  | '个'
  | '%'
  | '比例'

export interface Figure {
  readonly key: string
  readonly row: Cited
  /** As printed; null where only a paraphrase of the page was seen. */
  readonly quoteZh: string | null
  readonly labelEn: string
  /** A decimal string: no figure passes through a float. */
  readonly value: string
  readonly unit: FigureUnit
  /** The date, month or year the figure is of. */
  readonly asOf: string
  /** The text says 多, 近 or 超过: the figure is a bound, not a count. */
  readonly approximate: boolean
}

type Row = readonly [
  key: string,
  row: Cited,
  quoteZh: string | null,
  labelEn: string,
  value: string,
  unit: FigureUnit,
  asOf: string,
  approximate?: 'about',
]

// biome-ignore format: a table reads better with one figure a line
const rows: readonly Row[] = [
  ['fiscal.2019', 'S0-01', '投入财政帮扶资金36.4亿元', 'Fiscal assistance of Shenzhen', '36.4', '亿元', '2019'],
  ['communities.paired', 'S0-02', '5530个社区', 'Communities paired with assisted areas', '5530', '个', '2019'],
  ['projects.2019', 'S0-03', '实施帮扶项目513个', 'Assistance projects', '513', '个', '2019'],
  ['lifted.2019', 'S0-04', '30万名贫困人口', 'People helped out of poverty', '30', '万人', '2019'],
  ['households.driven', 'S0-15', '80万户建档立卡贫困户', 'Registered households driven by JD', '80', '万户', '2020-01'],
  ['pavilion.products', 'S0-24', '200余种', 'First products of the procurement pavilion', '200', '个', '2020-01', 'about'],
  ['pavilion.provinces', 'S0-24', '9个省份', 'Provinces of the first products', '9', '个', '2020-01'],
  ['counties.national', 'S1-10', '832个国家级贫困县', 'Assisted counties of the country', '832', '个', '2018-04'],
  ['donations.lots', 'S1-15', '超过14万份', 'Donations in kind', '140000', '个', '2018-04', 'about'],
  ['donations.items', 'S1-15', '近160万件', 'Items donated', '1600000', '个', '2018-04', 'about'],
  ['tongzhou.2019', 'S2-04', '2019年消费扶贫总额达1.2亿元', 'Tongzhou, sales of the year', '1.2', '亿元', '2019'],
  ['greenhouses', 'S2-07', '105个棚', 'Greenhouses with unsold tomatoes', '105', '个', '2020-05'],
  ['greenhouse.loss', 'S2-07', '一个棚就至少损失2万块钱', 'Loss per greenhouse', '2', '万元', '2020-05', 'about'],
  ['promotion.sales', 'S2-22', '实现销售额800万元', 'Sales by promotion', '800', '万元', '2020'],
  ['canteen.quota.2020', 'S2-24', '不低于30%的比例', 'Share reserved by canteens and unions', '30', '%', '2020', 'about'],
  ['tongzhou.2020q1', 'S2-33', '共计销售扶贫产品953万元', 'Tongzhou, first quarter', '953', '万元', '2020-Q1'],
  ['purchases.2020', 'S3-05', '50多亿元', 'Shenzhen purchases, January to July', '50', '亿元', '2020-07', 'about'],
  ['store.area', 'S3-07', '面积160.8平方米', 'Flagship store', '160.8', '平方米', '2020'],
  ['demand.greens', 'S3-08', '蔬菜水果9400吨', 'Vegetables and fruit eaten a day', '9400', '吨/日', '2020'],
  ['demand.meat', 'S3-08', '肉、蛋和水产品6190吨', 'Meat, eggs and fish eaten a day', '6190', '吨/日', '2020'],
  ['demand.grain', 'S3-08', '口粮5480吨', 'Grain eaten a day', '5480', '吨/日', '2020'],
  ['bases.first', 'S3-11', '首批8家', 'First supply bases of Guangxi', '8', '个', '2020-09'],
  ['investment.bases', 'S3-17', '总投资将达185亿元', 'Investment in bases', '185', '亿元', '2020-09'],
  ['cold-chain.projects', 'S3-21', '项目53个', 'Cold-chain and sorting projects', '53', '个', '2020-09'],
  ['cold-chain.investment', 'S3-21', '总投资6.7亿元', 'Their investment', '6.7', '亿元', '2020-09'],
  ['cattle.gain', 'S3-24', '户均年增收超3000元', 'Yearly gain of a household by animal loan', '3000', '元', '2020-09', 'about'],
  ['park.kiwi', 'S3-25', '2万亩猕猴桃产业园', 'Kiwifruit park of Leye', '20000', '亩', '2020-09'],
  ['park.mango', 'S3-25', '1.2万亩芒果产业园', 'Mango park of Leye', '12000', '亩', '2020-09'],
  ['tea.sold.2018.low', 'S3-33', '5000—6000斤', 'Traced tea sold in 2018, low', '5000', '斤', '2018'],
  ['tea.sold.2018.high', 'S3-33', '5000—6000斤', 'Traced tea sold in 2018, high', '6000', '斤', '2018'],
  ['tea.sold.2019', 'S3-33', '20000斤', 'Traced tea sold in 2019', '20000', '斤', '2019'],
  ['tea.price.2018.low', 'S3-33', '60—80元/斤', 'Its price before, low', '60', '元/斤', '2018'],
  ['tea.price.2018.high', 'S3-33', '60—80元/斤', 'Its price before, high', '80', '元/斤', '2018'],
  ['tea.price.2019.low', 'S3-33', '100—120元/斤', 'Its price after, low', '100', '元/斤', '2019'],
  ['tea.price.2019.high', 'S3-33', '100—120元/斤', 'Its price after, high', '120', '元/斤', '2019'],
  ['envoys', 'S3-34', '首批68名', 'Science envoys', '68', '人', '2020'],
  ['catalogue.provinces', 'S3-46', '9省(市)', 'Provinces in the catalogue', '9', '个', '2020-07'],
  ['catalogue.counties', 'S3-46', '54个县', 'Counties in the catalogue', '54', '个', '2020-07'],
  ['catalogue.products', 'S3-46', '1125个产品', 'Products in the catalogue', '1125', '个', '2020-07'],
  ['catalogue.households', 'S3-46', '43576户', 'Households the catalogue drives', '43576', '户', '2020-07'],
  ['catalogue.persons', 'S3-46', '131790人', 'Persons the catalogue drives', '131790', '人', '2020-07'],
  ['centre.cost', 'S3-48', '投资约5000万元', 'Investment in the city centre', '5000', '万元', '2020', 'about'],
  ['centre.area', 'S3-48', '1.5万平方米', 'Area of the city centre', '15000', '平方米', '2020'],
  ['live.viewers', 'S3-57', '近50万名观众', 'Live-stream viewers', '500000', '人', '2020', 'about'],
  ['live.deals', 'S3-57', '3000多笔', 'Live-stream deals', '3000', '个', '2020', 'about'],
  ['unsold.shanwei', 'S3-60', '3200多万元', 'Unsold stock of Shanwei', '3200', '万元', '2020-01', 'about'],
  ['coupons.districts', 'S3-62', '合计发放消费扶贫券2300万元', 'Coupons of four districts', '2300', '万元', '2020'],
  ['coupons.districts.sales', 'S3-62', '超6000万元', 'Sales they drew', '6000', '万元', '2020', 'about'],
  ['coupons.union', 'S3-64', '1000万元扶贫满减消费券', 'Coupons of the union festival', '1000', '万元', '2020'],
  ['coupons.union.sales', 'S3-64', '撬动约1.5亿元', 'Sales they drew', '1.5', '亿元', '2020', 'about'],
  ['shenzhen.832', 'S3-66', '采购额为2114.68万元', 'Shenzhen on platform 832', '2114.68', '万元', '2020-06-30'],
  ['welfare.members', 'S3-67', '40万名工会会员', 'Union members with a welfare wallet', '40', '万人', '2020'],
  ['welfare.sum', 'S3-67', '1.5亿元以上', 'Their welfare in a year', '1.5', '亿元', '2020', 'about'],
  ['pledges.2020', 'S3-78', '认购金额达5.42亿元', 'Pledges of 30 June', '5.42', '亿元', '2020-06-30'],
  ['bacon.sold', 'S3-84', '4000斤', 'Zhaotong cured pork sold', '4000', '斤', '2020-09'],
  ['bacon.value', 'S3-84', '价值27万元', 'Its value', '27', '万元', '2020-09'],
  ['bacon.share', 'S3-84', '总销量的1/5', 'Part of what Zhaotong sells of it', '0.2', '比例', '2020-09'],
  ['bacon.jobs', 'S3-84', '28个贫困户', 'Households with a job in making it', '28', '户', '2020-09'],
  ['poor.persons', 'S3-87', '204.01万', 'Registered poor in the paired areas', '204.01', '万人', '2020-09'],
  ['poor.lifted', 'S3-87', '194.36万', 'Of them lifted', '194.36', '万人', '2020-09'],
  ['fiscal.total', 'S3-88', '累计投入财政资金418.73亿元', 'Fiscal funds so far', '418.73', '亿元', '2020-09'],
  ['fiscal.2020', 'S3-88', '今年40.12亿元', 'Fiscal funds this year', '40.12', '亿元', '2020-09'],
  ['social.total', 'S3-88', '累计社会帮扶资金超过760亿元', 'Social funds so far', '760', '亿元', '2020-09', 'about'],
  ['social.2020', 'S3-88', '今年已募集超过20亿元', 'Social funds this year', '20', '亿元', '2020-09', 'about'],
  ['guangxi.quota', 'P22', null, 'Guangxi, quota of platform 832', '2.36', '亿元', '2022-06'],
  ['guangxi.ordered', 'P22', null, 'Guangxi, ordered', '1.37', '亿元', '2022-06'],
  ['guangxi.completed', 'P22', null, 'Guangxi, completed', '8465.53', '万元', '2022-06'],
  ['shandong.units', 'P20', null, 'Shandong, units imported', '7095', '个', '2020-07'],
  ['shandong.active', 'P20', null, 'Shandong, units activated', '2089', '个', '2020-07'],
  ['shandong.reserved', 'P20', null, 'Shandong, reserved', '3623', '万元', '2020-07'],
  ['shandong.traded', 'P20', null, 'Shandong, traded', '201', '万元', '2020-07'],
  ['cabinets.sold', 'P31', null, 'Sold in pavilions, zones and cabinets', '135.18', '亿元', '2020-10-17'],
  ['cabinets.recognised', 'P31', null, 'Of it recognised products', '83.23', '亿元', '2020-10-17'],
  ['national.sold', 'P31', null, 'Recognised products sold in the country', '1715.18', '亿元', '2020-10'],
  ['jinzhai.completed', 'P12', null, 'Jinzhai, bought by units', '242.51', '万元', '2025'],
  ['jinzhai.rate', 'P12', null, 'Jinzhai, part of the quota', '106.86', '%', '2025'],
]

export const figures: readonly Figure[] = rows.map(
  ([key, row, quoteZh, labelEn, value, unit, asOf, approximate]) => ({
    ...{ key, row, quoteZh, labelEn, value, unit, asOf },
    approximate: approximate === 'about',
  }),
)

const byKey = new Map(figures.map(figure => [figure.key, figure]))

export function figureOf(key: string): Figure {
  const figure = byKey.get(key)
  if (!figure) throw new RangeError(`no figure ${key}`)
  return figure
}
