export interface ClassLabel {
  readonly slug: string
  readonly zh: string
  readonly en: string
}

/** A leaf of the product tree: large class / middle class / small class. */
export interface ProductClass {
  readonly path: string
  readonly labels: readonly [ClassLabel, ClassLabel, ClassLabel]
}

const top = {
  fruit: ['水果', 'Fruit'],
  vegetable: ['蔬菜', 'Vegetables'],
  nut: ['干果', 'Nuts and dried fruit'],
  meat: ['肉禽', 'Meat and poultry'],
  grain: ['粮油', 'Grain and oil'],
  tea: ['茶饮', 'Tea and drinks'],
  specialty: ['特产', 'Specialities'],
} as const

type Row = readonly [
  top: keyof typeof top,
  middle: readonly [string, string, string],
  leaf: readonly [string, string, string],
]

const rows: readonly Row[] = [
  ['fruit', ['tropical', '热带水果', 'Tropical fruit'], ['mango', '芒果', 'Mango']],
  ['fruit', ['citrus', '柑橘', 'Citrus'], ['orah', '沃柑', 'Orah mandarin']],
  ['fruit', ['citrus', '柑橘', 'Citrus'], ['pomelo', '柚子', 'Pomelo']],
  ['fruit', ['citrus', '柑橘', 'Citrus'], ['mandarin', '桔子', 'Mandarins and kumquats']],
  ['fruit', ['stone', '核果', 'Stone fruit'], ['peach', '桃', 'Peach']],
  ['fruit', ['berry', '浆果', 'Berries'], ['kiwi', '猕猴桃', 'Kiwifruit']],
  ['fruit', ['berry', '浆果', 'Berries'], ['grape', '葡萄', 'Grape']],
  ['fruit', ['pome', '仁果', 'Pome fruit'], ['apple', '苹果', 'Apple']],
  ['fruit', ['berry', '浆果', 'Berries'], ['pomegranate', '石榴', 'Pomegranate']],
  ['vegetable', ['melon', '瓜类', 'Gourds'], ['pumpkin', '南瓜', 'Pumpkin']],
  ['vegetable', ['solanaceous', '茄果类', 'Fruiting vegetables'], ['tomato', '番茄', 'Tomato']],
  ['vegetable', ['leafy', '叶菜类', 'Leafy vegetables'], ['greens', '菜心', 'Choy sum and kale']],
  ['vegetable', ['tuber', '薯芋类', 'Tubers'], ['sweet-potato', '红薯', 'Sweet potato']],
  ['nut', ['tree-nut', '坚果', 'Tree nuts'], ['chestnut', '板栗', 'Chestnut']],
  ['nut', ['tree-nut', '坚果', 'Tree nuts'], ['walnut', '核桃', 'Walnut']],
  ['nut', ['dried', '果干', 'Dried fruit'], ['jujube', '红枣', 'Jujube']],
  ['nut', ['dried', '果干', 'Dried fruit'], ['plum', '青梅干', 'Dried green plum']],
  ['meat', ['poultry', '禽肉', 'Poultry'], ['chicken', '鸡', 'Chicken']],
  ['meat', ['bovine', '牛肉', 'Beef'], ['beef', '黄牛肉', 'Beef']],
  ['meat', ['bovine', '牛肉', 'Beef'], ['yak', '牦牛肉', 'Yak']],
  ['meat', ['cured', '腌腊', 'Cured meat'], ['bacon', '腊肉', 'Cured pork']],
  ['grain', ['rice', '大米', 'Rice'], ['fragrant-rice', '香米', 'Fragrant rice']],
  ['grain', ['oil', '食用油', 'Edible oil'], ['camellia-oil', '山茶油', 'Camellia oil']],
  ['tea', ['leaf', '茶叶', 'Tea'], ['green-tea', '绿茶', 'Green tea']],
  ['tea', ['flower', '花草茶', 'Herbal tea'], ['snow-daisy', '雪菊', 'Snow daisy']],
  ['tea', ['water', '饮用水', 'Drinking water'], ['spring-water', '天然泉水', 'Spring water']],
  ['specialty', ['herb', '药食同源', 'Food herbs'], ['gastrodia', '天麻', 'Gastrodia']],
  ['specialty', ['seafood', '海味干货', 'Dried seafood'], ['dried-shrimp', '虾米', 'Dried shrimp']],
]

export const productClasses: readonly ProductClass[] = rows.map(([first, middle, leaf]) => ({
  path: `${first}/${middle[0]}/${leaf[0]}`,
  labels: [
    { slug: first, zh: top[first][0], en: top[first][1] },
    { slug: middle[0], zh: middle[1], en: middle[2] },
    { slug: leaf[0], zh: leaf[1], en: leaf[2] },
  ],
}))

const byLeaf = new Map(productClasses.map(item => [item.labels[2].slug, item]))

export function classOf(leaf: string): ProductClass {
  const found = byLeaf.get(leaf)
  if (!found) throw new RangeError(`no product class ${leaf}`)
  return found
}
