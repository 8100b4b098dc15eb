import { customPinyin, pinyin } from 'pinyin-pro'

/** Where the dictionary reads a sign in its commoner way: places, plants and dishes. */
customPinyin({
  ...{ 喀什: 'kā shí', 塔什: 'tǎ shí', 图什: 'tú shí', 巴什: 'bā shí', 什邡: 'shí fāng' },
  ...{ 蔚县: 'yù xiàn', 浚县: 'xùn xiàn', 单县: 'shàn xiàn', 歙县: 'shè xiàn', 尉犁: 'yù lí' },
  ...{ 乐清: 'yuè qīng', 乐亭: 'lào tíng', 大埔: 'dà bù', 黄陂: 'huáng pí', 洪洞: 'hóng tóng' },
  ...{ 繁峙: 'fán shì', 涡阳: 'guō yáng', 泌阳: 'bì yáng', 吴堡: 'wú bǔ', 瓦窑堡: 'wǎ yáo bǔ' },
  ...{ 都匀: 'dū yún', 都安: 'dū ān', 宁都: 'níng dū', 于都: 'yú dū', 曾都: 'zēng dū', 丰都: 'fēng dū' },
  ...{ 筠连: 'jūn lián', 荠菜: 'jì cài', 参: 'shēn', 玄参: 'xuán shēn', 藏香猪: 'zàng xiāng zhū' },
  ...{ 重楼: 'chóng lóu', 仔姜: 'zǐ jiāng', 仔鸡: 'zǐ jī', 槟榔: 'bīng láng', 雪茄: 'xuě jiā' },
})

/** Pinyin without tones, a text for each sign; `ü` is typed `v`. */
export const syllablesOf = (han: string): string[] =>
  pinyin(han, { toneType: 'none', type: 'array', v: true }).map(syllable => syllable.toLowerCase())
