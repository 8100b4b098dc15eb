/** Two-character surnames that are met in practice; all others are taken as one character. */
const DOUBLE_SURNAMES = new Set(
  '欧阳 上官 司马 诸葛 司徒 夏侯 皇甫 尉迟 公孙 令狐 慕容 宇文 长孙 东方 南宫 独孤 百里 呼延 端木 闻人'.split(
    ' ',
  ),
)

/** The surname and at most two stars: 王小明 → 王**, 王明 → 王*. Of a single character nothing is shown. */
export function maskName(name: string): string {
  const characters = [...name.trim()]
  const shown = characters.length > 2 && DOUBLE_SURNAMES.has(characters.slice(0, 2).join('')) ? 2 : 1
  const hidden = characters.length - shown
  if (hidden < 1) return '*'
  return characters.slice(0, shown).join('') + '*'.repeat(Math.min(hidden, 2))
}

/** 13812341234 → 138****1234; of any other number the last two places, of a short one nothing. */
export function maskPhone(phone: string): string {
  if (/^1\d{10}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(-4)}`
  return phone.length >= 7 ? `****${phone.slice(-2)}` : '****'
}

/** First three and last two places: the province and half of its prefecture, never the birthday. */
export const maskId = (number: string): string =>
  number.length >= 15 ? `${number.slice(0, 3)}${'*'.repeat(13)}${number.slice(-2)}` : '*'.repeat(18)

export const maskBank = (account: string): string =>
  account.length >= 12 ? `**** ${account.slice(-4)}` : '****'

const PROVINCE = /^(?:\p{Script=Han}{2,8}?(?:省|自治区|特别行政区))?/u
const CITY = /^(?:\p{Script=Han}{1,8}?(?:市|自治州|地区|盟))?/u
// 小区, 社区 and their like are homes, not districts
const COUNTY = /^(?:\p{Script=Han}{1,8}?(?:自治县|县|(?<![小社园厂校矿街片])区|自治旗|旗|市))?/u

/** An address down to its county, where it begins with province or city; otherwise nothing of it. */
export function maskAddress(address: string): string {
  const text = address.trim()
  const province = PROVINCE.exec(text)![0]
  const city = CITY.exec(text.slice(province.length))![0]
  const above = province.length + city.length
  const county = above > 0 ? COUNTY.exec(text.slice(above))![0] : ''
  return `${text.slice(0, above)}${county}***`
}
