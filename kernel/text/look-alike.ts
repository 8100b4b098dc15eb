/** The same sign written in two ways. */
const VARIANTS = '橘桔'
/** Signs that are taken for one another because they look alike or are written without care; of each group any for any. */
const GROUPS =
  '栗粟票 杞祀记 枝技肢 肉内 椒淑 豉鼓 菇茹姑 杷把爬 柚抽袖 莓梅霉 桔结洁 橙澄登 檬蒙朦 猕弥狝 榴留溜 葡蒲莆 萄陶淘 蕉焦 菠波玻 芒忙茫 荞乔养 薯署暑 芋竽宇 萝罗箩 磨蘑魔 菌茵 茶荼 枣束 柿杮市 李季 杏吞呆 橄敢撖 榄揽缆 桂挂 柠拧狞 柑甘 蜜密 蜂峰锋 糯懦濡 粱梁 米来 豆逗 花化 菜莱采 菊匊 芝之 麻蔴 枸构狗购 核该 桃挑逃 椰揶 樱婴缨 萍苹平 梨犁 莲连 藕耦 笋竹 菱凌 芹芥 葱忽 蒜祘 姜羌 韭非 茄加 蕃番 葫胡 瓠匏 芦庐 葛曷 薏意 苡以 莜筱 麦夌 稻滔 粳梗 虾瞎吓 鱼渔 鲜鲟 螺骡 蛳狮丝 蚝毫 蛎励厉 鸭呷 鹅娥 鸡鸠 羊芊 牦耗 猪诸 腊蜡 腿退 酱桨奖 醋错 盐监 糖塘搪 蛋旦 奶仍 酪烙 芪芘 参叁 芎穹 茯伏 苓铃令 斛解 麂鹿 银根 耳饵 松忪 茸葺绒 龙笼 荔茘 眼跟 枇琵批 杨扬肠阳 蓝篮 薄簿 棉绵 百白 田由油 巴已 徽微 赣贡 黔黚 凯恺 州洲 县悬 哈蛤 瓜爪 果裹 荷何 藏臧 虫蛊 草早 鹰应 嘴咀 贵责 徐余 恭供 融隔 邳坯 汕讪 陆绿'

const alike = new Map<string, Set<string>>()
for (const group of `${VARIANTS} ${GROUPS}`.split(' '))
  for (const sign of group) alike.set(sign, (alike.get(sign) ?? new Set()).union(new Set(group)))

/** The word with one sign changed for one that looks alike. */
export function lookAlikes(word: string): string[] {
  const signs = [...word]
  return signs.flatMap((sign, at) =>
    [...(alike.get(sign) ?? [])].flatMap(other => (other === sign ? [] : [signs.with(at, other).join('')])),
  )
}

/** The word with its signs written in each way: 金桔, 金橘. */
export const spellings = (word: string): string[] =>
  VARIANTS.split(' ').reduce<string[]>(
    (words, variant) => [
      ...new Set(
        words.flatMap(each =>
          [...variant].map(sign => each.replaceAll(new RegExp(`[${variant}]`, 'gu'), sign)),
        ),
      ),
    ],
    [word],
  )
