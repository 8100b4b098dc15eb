import type { PriceBasis, RetailFactor } from './pricing.ts'
import type { Source } from './source.ts'

/** The ledger unit of stock: bulk produce is weighed, packed goods are counted. */
export type StockUnit = 'g' | 'piece'

export type PackSet =
  | 'fruit'
  | 'vegetable'
  | 'greens'
  | 'bird'
  | 'cut'
  | 'bag'
  | 'rice'
  | 'oil'
  | 'tin'
  | 'water'

/** One origin product; its grades and packs are made from `packs`. */
export interface ProductFamily {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly leaf: string
  readonly county: string
  /** The co-operative, or for a few the enterprise, that sells it. */
  readonly coop: string
  readonly unit: StockUnit
  readonly packs: PackSet
  readonly basis: PriceBasis
  readonly factor: RetailFactor
  readonly harvestMonths: readonly number[]
  readonly shelfLifeDays: number
  readonly story: { readonly zh: string; readonly en: string }
  /** False for what is sold under the banner without recognition: the other 38 % of P31. */
  readonly recognised: boolean
  /** The row that names the product, or that it is invented. */
  readonly source: Source
}

const allYear = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

const xinfadi = (item: string, month: string, yuanPerJin: string): PriceBasis => ({
  kind: 'xinfadi',
  item,
  month,
  yuanPerJin,
})
const ours = (yuanPerJin: string): PriceBasis => ({ kind: 'invented', yuanPerJin })

type Row = readonly [
  key: string,
  name: string,
  nameEn: string,
  leaf: string,
  county: string,
  coop: string,
  unit: StockUnit,
  packs: PackSet,
  basis: PriceBasis,
  factor: RetailFactor,
  harvestMonths: readonly number[],
  shelfLifeDays: number,
  zh: string,
  en: string,
  source: Source,
]

// biome-ignore format: a table reads better with one product a block
const rows: readonly Row[] = [
  ['mango.tianyang', '百色芒果', 'Baise mango', 'mango', '451003', 'tianyang-mango', 'g', 'fruit',
    xinfadi('熟象牙芒果', '2015-07', '4.634'), 'fresh', [6, 7, 8, 9], 15,
    '产自田阳的芒果园，预处理中心开通了直发深圳、广州、杭州、上海、天津、北京的物流线路。',
    'From the orchards of Tianyang, whose pre-processing centre ships straight to six cities.', 'S3-19'],
  ['chicken.dahua', '大化七百弄鸡', 'Dahua Qibailong chicken', 'chicken', '451229', 'dahua-chicken', 'piece', 'bird',
    xinfadi('白条三黄鸡', '2014-01', '6.0'), 'freeRange', allYear, 7,
    '在大化七百弄的石山间散养，是文章点名的知名扶贫产品。',
    'Raised free among the karst hills of Qibailong; one of the products the articles name.', 'S3-19'],
  ['beef.duan', '都安瑶山牛', "Du'an Yaoshan beef", 'beef', '451228', 'duan-cattle', 'piece', 'cut',
    xinfadi('牛前腿', '2014-01', '25.0'), 'chilled', allYear, 30,
    '都安以“贷牛还牛”带动农户养牛，瑶山牛走进了深圳的饭堂。',
    "Du'an lends calves to households and takes cattle back; the beef reaches Shenzhen's canteens.", 'S3-19'],
  ['jujube.kashgar', '新疆小圆枣', 'Xinjiang small round jujube', 'jujube', '653101', 'kashgar-jujube', 'g', 'bag',
    xinfadi('黑枣', '2016-05', '4.25'), 'dried', [9, 10, 11], 360,
    '喀什的阳光把小圆枣晒得又甜又实，是文章点名的知名扶贫产品。',
    'Dried in the sun of Kashgar; one of the products the articles name.', 'S3-19'],
  ['kiwi.zayu', '察隅雪城高原猕猴桃', 'Zayü Xuecheng highland kiwifruit', 'kiwi', '540425', 'zayu-kiwi', 'g', 'fruit',
    xinfadi('猕猴桃（徐香）', '2015-11', '3.171'), 'chilled', [10, 11], 60,
    '长在察隅的雪山脚下，是文章点名的知名扶贫产品。',
    'Grown below the snow mountains of Zayü; one of the products the articles name.', 'S3-19'],
  ['peach.lianping', '连平鹰嘴蜜桃', 'Lianping eagle-beak peach', 'peach', '441623', 'lianping-peach', 'g', 'fruit',
    xinfadi('小毛桃', '2014-06', '3.14'), 'chilled', [6, 7, 8], 12,
    '果顶弯如鹰嘴，产自广东连平，是文章点名的知名扶贫产品。',
    'Its tip bends like an eagle’s beak; from Lianping, one of the products the articles name.', 'S3-19'],
  ['pumpkin.haifeng', '汕尾奶油南瓜', 'Shanwei butternut pumpkin', 'pumpkin', '441521', 'haifeng-pumpkin', 'g', 'vegetable',
    xinfadi('南瓜', '2015-12', '1.467'), 'fresh', [5, 6, 10, 11, 12], 60,
    '汕尾的奶油南瓜口感绵密，是文章点名的知名扶贫产品。',
    'A smooth pumpkin from Shanwei; one of the products the articles name.', 'S3-19'],
  ['tomato.tianyang', '田阳小番茄', 'Tianyang cherry tomato', 'tomato', '451003', 'tianyang-tomato', 'g', 'vegetable',
    xinfadi('圣女果（千禧）', '2016-04', '4.872'), 'fresh', [1, 2, 3, 4, 11, 12], 14,
    '田阳打造的县域品牌之一，冬春上市。',
    'One of the county brands built up in Tianyang, on the market in winter and spring.', 'S3-41'],
  ['orah.huanjiang', '环江沃柑', 'Huanjiang orah mandarin', 'orah', '451226', 'huanjiang-orah', 'g', 'fruit',
    xinfadi('贡柑', '2015-12', '5.447'), 'fresh', [1, 2, 3, 12], 45,
    '“优果工程”与毛南族聚居的村集体参股合作，种出了环江沃柑这一县域品牌。',
    'A county brand grown with village collectives of the Maonan people as shareholders.', 'S3-41'],
  ['rice.bama', '巴马香米', 'Bama fragrant rice', 'fragrant-rice', '451227', 'bama-rice', 'g', 'rice',
    ours('6.00'), 'retail', [7, 8, 11], 365,
    '产自巴马的稻田，是文章列出的县域品牌之一。',
    'From the paddies of Bama; one of the county brands the articles list.', 'S3-41'],
  ['greens.yuancheng', '源城蔬菜（菜心）', 'Yuancheng vegetables (choy sum)', 'greens', '441602', 'yuancheng-greens', 'g', 'greens',
    xinfadi('菜心', '2014-12', '2.816'), 'fresh', allYear, 4,
    '源城蔬菜是文章列出的县域品牌之一，清晨采收当日到深。',
    'Yuancheng vegetables are a county brand the articles list, cut at dawn and in Shenzhen the same day.', 'S3-41'],
  ['chestnut.dongyuan', '东源板栗', 'Dongyuan chestnut', 'chestnut', '441625', 'dongyuan-chestnut', 'g', 'bag',
    xinfadi('油栗', '2015-10', '5.0'), 'chilled', [8, 9, 10], 150,
    '东源的板栗又粉又糯，是文章列出的县域品牌之一。',
    'Floury and sweet, from Dongyuan; one of the county brands the articles list.', 'S3-41'],
  ['camellia.longchuan', '龙川油茶', 'Longchuan camellia oil', 'camellia-oil', '441622', 'longchuan-camellia', 'piece', 'oil',
    ours('72.00'), 'retail', [10, 11, 12], 540,
    '龙川的油茶籽低温压榨而成，是文章列出的县域品牌之一。',
    'Cold-pressed from the camellia seed of Longchuan; one of the county brands the articles list.', 'S3-41'],
  ['tea.zijin', '紫金茶叶', 'Zijin tea', 'green-tea', '441621', 'zijin-tea', 'piece', 'tin',
    { kind: 'cited', row: 'S3-33', yuanPerJin: '110.00' }, 'retail', [3, 4, 5, 9, 10], 540,
    '紫金茶叶是文章列出的县域品牌之一，价格取自文章所载溯源茶叶每斤100至120元的中间值。',
    'A county brand the articles list; the price is the middle of what they report for traced tea.', 'S3-41'],
  ['bacon.zhaoyang', '昭通腊肉', 'Zhaotong cured pork', 'bacon', '530602', 'zhaoyang-bacon', 'piece', 'cut',
    { kind: 'cited', row: 'S3-84', yuanPerJin: '67.50' }, 'retail', allYear, 180,
    '线上线下一共销售4000斤、价值27万元，带动28个贫困户走上制作腊肉的就业岗位。',
    'Sold 4,000 jin worth 270,000 yuan and gave 28 poor households a job in making it.', 'S3-84'],
  ['chicken.ongniud', '蒙香鸡', 'Mengxiang chicken', 'chicken', '150426', 'ongniud-chicken', 'piece', 'bird',
    xinfadi('白条三黄鸡', '2014-01', '6.0'), 'freeRange', allYear, 7,
    '通州与受援地区的合作社联手，包装推广了“蒙香鸡”。',
    'Packed and promoted together by co-operatives of Tongzhou and of the assisted area.', 'S2-21'],
  ['tomato.naiman', '奈曼大棚西红柿', 'Naiman greenhouse tomato', 'tomato', '150525', 'naiman-tomato', 'g', 'vegetable',
    xinfadi('圣女果', '2014-06', '3.825'), 'fresh', [4, 5, 6, 9, 10], 14,
    '来自奈曼的示范大棚，按订单安排采收。',
    'From model greenhouses in Naiman, picked to order.', 'invented'],
  ['kumquat.huanjiang', '环江脆蜜金桔', 'Huanjiang crisp kumquat', 'mandarin', '451226', 'huanjiang-orah', 'g', 'fruit',
    xinfadi('小金桔', '2015-11', '4.75'), 'fresh', [1, 2, 11, 12], 30,
    '“优果工程”种植的品种之一，二十个毛南族聚居的贫困村参与其中。',
    'One of the varieties of the fruit project in which twenty Maonan villages take part.', 'S3-20'],
  ['pomelo.huanjiang', '环江青皮柚', 'Huanjiang green pomelo', 'pomelo', '451226', 'huanjiang-orah', 'g', 'fruit',
    xinfadi('红心蜜柚', '2015-11', '2.974'), 'fresh', [9, 10, 11], 60,
    '“优果工程”种植的品种之一，由村集体经济组织参股管护。',
    'One of the varieties of the fruit project, tended by village collectives with a share in it.', 'S3-20'],
  ['kiwi.leye', '乐业猕猴桃', 'Leye kiwifruit', 'kiwi', '451028', 'leye-kiwi', 'g', 'fruit',
    xinfadi('猕猴桃（徐香）', '2015-10', '2.66'), 'chilled', [8, 9, 10], 60,
    '来自乐业两万亩猕猴桃产业园，贫困户按三类股份分红。',
    'From the 20,000 mu kiwifruit park of Leye, in which households hold three classes of shares.', 'S3-25'],
  ['mango.leye', '乐业芒果', 'Leye mango', 'mango', '451028', 'leye-kiwi', 'g', 'fruit',
    xinfadi('熟象牙芒果', '2015-08', '5.239'), 'fresh', [7, 8, 9], 15,
    '来自乐业一万二千亩芒果产业园。',
    'From the 12,000 mu mango park of Leye.', 'S3-25'],
  ['walnut.kashgar', '喀什核桃', 'Kashgar walnut', 'walnut', '653101', 'kashgar-jujube', 'g', 'bag',
    ours('16.00'), 'retail', [9, 10], 360,
    '品牌提升计划选中的品类之一，壳薄仁满。',
    'One of the kinds chosen for the brand-lifting plan, thin-shelled and full.', 'S3-39'],
  ['pomegranate.kashgar', '喀什石榴', 'Kashgar pomegranate', 'pomegranate', '653101', 'kashgar-jujube', 'g', 'fruit',
    xinfadi('石榴', '2013-11', '4.45'), 'fresh', [9, 10, 11], 60,
    '品牌提升计划选中的品类之一。',
    'One of the kinds chosen for the brand-lifting plan.', 'S3-39'],
  ['grape.kashgar', '喀什葡萄', 'Kashgar grape', 'grape', '653101', 'kashgar-jujube', 'g', 'fruit',
    xinfadi('红提葡萄', '2015-10', '3.356'), 'fresh', [8, 9, 10], 20,
    '品牌提升计划选中的品类之一。',
    'One of the kinds chosen for the brand-lifting plan.', 'S3-39'],
  ['daisy.taxkorgan', '塔县雪菊', 'Taxkorgan snow daisy', 'snow-daisy', '653131', 'taxkorgan-daisy', 'piece', 'tin',
    ours('120.00'), 'retail', [8, 9], 540,
    '长在帕米尔高原，品牌提升计划选中的品类之一。',
    'From the Pamir plateau; one of the kinds chosen for the brand-lifting plan.', 'S3-39'],
  ['water.bama', '巴马感恩水', 'Bama gratitude water', 'spring-water', '451227', 'firm.bama-water', 'piece', 'water',
    ours('3.00'), 'retail', allYear, 360,
    '“一瓶水献一分爱”，2020年6月30日号召社会各界认购。',
    'A bottle of water, a share of love: pledged for at the call of 30 June 2020.', 'S3-42'],
  ['mandarin.xilin', '西林砂糖橘', 'Xilin sugar mandarin', 'mandarin', '451030', 'xilin-citrus', 'g', 'fruit',
    xinfadi('沙糖桔(中果）', '2015-12', '5.61'), 'fresh', [1, 2, 11, 12], 25,
    '产自西林的山坡果园。', 'From hillside orchards in Xilin.', 'invented'],
  ['sweet-potato.lufeng', '陆丰红薯', 'Lufeng sweet potato', 'sweet-potato', '441581', 'lufeng-tuber', 'g', 'vegetable',
    xinfadi('红薯', '2016-03', '1.268'), 'chilled', [8, 9, 10, 11, 12], 60,
    '产自陆丰的沙质红土。', 'From the sandy red soil of Lufeng.', 'invented'],
  ['plum.luhe', '陆河青梅干', 'Luhe dried green plum', 'plum', '441523', 'luhe-plum', 'g', 'bag',
    ours('22.00'), 'retail', [4, 5, 6], 300,
    '陆河青梅鲜果晒制。', 'Dried from the fresh plums of Luhe.', 'invented'],
  ['shrimp.shanwei', '汕尾虾米', 'Shanwei dried shrimp', 'dried-shrimp', '441502', 'shanwei-sea', 'g', 'bag',
    ours('58.00'), 'retail', [5, 6, 7, 9, 10, 11], 180,
    '汕尾渔港晒制，尚未通过认定，不计入帮扶产品。',
    'Dried at the port of Shanwei; not recognised, so it does not count.', 'invented'],
  ['yak.dege', '德格牦牛肉', 'Dêgê yak', 'yak', '513330', 'dege-yak', 'piece', 'cut',
    ours('56.00'), 'retail', [9, 10, 11, 12], 180,
    '产自德格的高原牧场，尚未通过认定，不计入帮扶产品。',
    'From the high pastures of Dêgê; not recognised, so it does not count.', 'invented'],
  ['apple.zhaoyang', '昭阳苹果', 'Zhaoyang apple', 'apple', '530602', 'zhaoyang-bacon', 'g', 'fruit',
    xinfadi('富士（纸袋Φ85以上）', '2015-10', '3.775'), 'fresh', [8, 9, 10], 120,
    '产自昭阳的高原果园。', 'From highland orchards in Zhaoyang.', 'invented'],
  ['gastrodia.yiliang', '彝良天麻', 'Yiliang gastrodia', 'gastrodia', '530628', 'yiliang-gastrodia', 'piece', 'tin',
    ours('160.00'), 'retail', [10, 11, 12], 720,
    '产自彝良的林下种植，尚未通过认定，不计入帮扶产品。',
    'Grown under the woods of Yiliang; not recognised, so it does not count.', 'invented'],
]

const unrecognised = new Set(['shrimp.shanwei', 'yak.dege', 'gastrodia.yiliang'])

export const productFamilies: readonly ProductFamily[] = rows.map(
  ([
    key,
    name,
    nameEn,
    leaf,
    county,
    coop,
    unit,
    packs,
    basis,
    factor,
    harvestMonths,
    shelfLifeDays,
    zh,
    en,
    source,
  ]) => ({
    ...{ key, name, nameEn, leaf, county, unit, packs, basis, factor, harvestMonths, shelfLifeDays, source },
    coop: coop.includes('.') ? coop : `coop.${coop}`,
    story: { zh, en },
    recognised: !unrecognised.has(key),
  }),
)
