import type { AreaInput } from '@silian/kernel/access/areas.ts'
import { provinceNames } from '@silian/kernel/imports/areas/provinces.ts'

/** Names of the provinces by the code's first two places, as GB/T 2260 has them. */
const names: Readonly<Record<string, string>> = {
  11: '北京市',
  12: '天津市',
  13: '河北省',
  14: '山西省',
  15: '内蒙古自治区',
  21: '辽宁省',
  22: '吉林省',
  23: '黑龙江省',
  31: '上海市',
  32: '江苏省',
  33: '浙江省',
  34: '安徽省',
  35: '福建省',
  36: '江西省',
  37: '山东省',
  41: '河南省',
  42: '湖北省',
  43: '湖南省',
  44: '广东省',
  45: '广西壮族自治区',
  46: '海南省',
  50: '重庆市',
  51: '四川省',
  52: '贵州省',
  53: '云南省',
  54: '西藏自治区',
  61: '陕西省',
  62: '甘肃省',
  63: '青海省',
  64: '宁夏回族自治区',
  65: '新疆维吾尔自治区',
}

/** The province of an area; its code where it has no name. */
export function provinceOf(areaCode: string): AreaInput {
  const place = areaCode.slice(0, 2)
  const code = `${place}0000`
  return { code, nameZh: names[place] ?? code, nameEn: provinceNames[place] ?? code }
}
