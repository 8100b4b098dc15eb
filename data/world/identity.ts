import { pick, type Random } from './random.ts'

export type Sex = 'male' | 'female'

const surnames = [...'王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许韩冯邓曹韦覃蒙莫陆农岑潘石卢']
const maleGiven = [...'勇军强磊洋杰峰辉波斌明浩鹏飞亮宁刚建华文志国伟宏庆德生福安']
const femaleGiven = [...'芳娟敏静丽艳娜霞玲燕梅红英兰桂凤莲秀珍萍慧婷洁琳雪香月春秋菊']
const middles = [...'小文建国秀玉海晓春志永明金美红德世家天广']

export const pickSurname = (random: Random): string => pick(random, surnames)

/** A name put together from common parts. It belongs to nobody; that somebody bears it cannot be avoided. */
export function inventName(random: Random, sex: Sex, surname = pickSurname(random)): string {
  const last = pick(random, sex === 'male' ? maleGiven : femaleGiven)
  const middle = pick(random, middles)
  return random() < 0.3 || middle === last ? `${surname}${last}` : `${surname}${middle}${last}`
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Check digit of a resident identity number (ISO 7064 MOD 11-2, GB 11643). */
export function idCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0)
  return '10X98765432'.charAt(sum % 11)
}

/** Serials beyond this would repeat a region and sequence part. */
export const maxSerial = 500_000

function assertSerial(serial: number): void {
  if (!Number.isInteger(serial) || serial < 0 || serial >= maxSerial) {
    throw new RangeError(`a serial lies in 0 … ${maxSerial - 1}`)
  }
}

/**
 * A well-formed number that no person can have: no region begins with 999 (9 stands for foreign residents
 * and is followed by a province, which 99 is not), but the check digit is right, so validation accepts it.
 */
export function inventIdNumber(serial: number, birthDate: string, sex: Sex): string {
  assertSerial(serial)
  const region = `999${String(serial % 1000).padStart(3, '0')}`
  const sequence = Math.floor(serial / 1000) * 2 + (sex === 'male' ? 1 : 0)
  const first17 = `${region}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return first17 + idCheckDigit(first17)
}

/** No mobile number begins with 100. */
export function inventPhone(serial: number): string {
  assertSerial(serial)
  return `100${String(serial + 1).padStart(8, '0')}`
}

/** Issuer 9999 99 is assigned to no bank; the last digit is a valid Luhn digit. */
export function inventBankAccount(serial: number): string {
  assertSerial(serial)
  const body = `999999${String(serial + 1).padStart(12, '0')}`
  return body + luhnDigit(body)
}

export function luhnDigit(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}
