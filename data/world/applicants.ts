import type { Organisation } from './organisations.ts'

/** An organisation with what it wants to sell. */
export interface Applicant extends Organisation {
  readonly goods: string
}

type Row = readonly [
  slug: string,
  areaCode: string,
  name: string,
  nameEn: string,
  type: Organisation['type'],
  goods: string,
]

const rows: readonly Row[] = [
  [
    'tianyang-orchard',
    '451003',
    '田阳示范右江果园专业合作社',
    'Tianyang Model Orchard Co-op',
    'cooperative',
    '百香果、柑橘',
  ],
  [
    'tianyang-greens',
    '451003',
    '田阳示范禾岫蔬菜专业合作社',
    'Tianyang Model Greens Co-op',
    'cooperative',
    '菜心、豆角、南瓜',
  ],
  [
    'tianyang-duck',
    '451003',
    '田阳示范山地麻鸭专业合作社',
    'Tianyang Model Duck Co-op',
    'cooperative',
    '山地麻鸭、鸭蛋',
  ],
  [
    'tianyang-sugar',
    '451003',
    '田阳示范甘蔗红糖有限公司',
    'Tianyang Model Brown Sugar Ltd',
    'enterprise',
    '古法红糖',
  ],
  [
    'tianyang-rice',
    '451003',
    '田阳示范稻香米业有限公司',
    'Tianyang Model Rice Ltd',
    'enterprise',
    '香米、糙米',
  ],
  [
    'tianyang-mushroom',
    '451003',
    '田阳示范食用菌专业合作社',
    'Tianyang Model Mushroom Co-op',
    'cooperative',
    '木耳、香菇',
  ],
  [
    'tianyang-lychee',
    '451003',
    '田阳示范荔枝专业合作社',
    'Tianyang Model Lychee Co-op',
    'cooperative',
    '荔枝、荔枝干',
  ],
  [
    'tianyang-honey',
    '451003',
    '田阳示范百花蜂蜜专业合作社',
    'Tianyang Model Honey Co-op',
    'cooperative',
    '百花蜜',
  ],
  ['tianyang-tea', '451003', '田阳示范山茶专业合作社', 'Tianyang Model Tea Co-op', 'cooperative', '白毫茶'],
  [
    'dahua-fish',
    '451229',
    '大化示范红水河生态鱼专业合作社',
    'Dahua Model Fish Co-op',
    'cooperative',
    '红水河生态鱼',
  ],
  ['dahua-goat', '451229', '大化示范山羊专业合作社', 'Dahua Model Goat Co-op', 'cooperative', '山羊肉'],
  [
    'dahua-walnut',
    '451229',
    '大化示范核桃专业合作社',
    'Dahua Model Walnut Co-op',
    'cooperative',
    '核桃、核桃油',
  ],
  [
    'dahua-noodles',
    '451229',
    '大化示范薯粉加工有限公司',
    'Dahua Model Noodles Ltd',
    'enterprise',
    '红薯粉丝、红薯淀粉',
  ],
  ['leye-oil', '451028', '乐业示范山茶油有限公司', 'Leye Model Camellia Oil Ltd', 'enterprise', '山茶油'],
  ['zijin-citrus', '441621', '紫金示范春甜桔专业合作社', 'Zijin Model Citrus Co-op', 'cooperative', '春甜桔'],
]

/** Those who apply to become suppliers (2.1); they sell nothing yet, so no household is linked with them. */
export const applicants: readonly Applicant[] = rows.map(([slug, areaCode, name, nameEn, type, goods]) => ({
  ...{ key: `applicant.${slug}`, name, nameEn, type, areaCode, goods },
  ...{ source: 'invented', echoes: 'P28' },
}))
