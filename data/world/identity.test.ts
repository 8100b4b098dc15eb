import { describe, expect, it } from 'vitest'
import {
  idCheckDigit,
  inventBankAccount,
  inventIdNumber,
  inventName,
  inventPhone,
  luhnDigit,
  maxSerial,
} from './identity.ts'
import { mulberry32 } from './random.ts'

describe('identity numbers', () => {
  it('computes the check digit of the example in GB 11643', () => {
    expect(idCheckDigit('11010519491231002')).toBe('X')
    expect(idCheckDigit('44052418800101001')).toBe('4')
  })

  it('lie in a region that does not exist, with a right check digit', () => {
    const id = inventIdNumber(123_456, '1975-08-09', 'male')
    expect(id).toMatch(/^99945619750809247[0-9X]$/)
    expect(id.at(17)).toBe(idCheckDigit(id.slice(0, 17)))
  })

  it('give women an even sequence', () => {
    expect(inventIdNumber(0, '2001-01-02', 'female').slice(14, 17)).toBe('000')
    expect(inventIdNumber(0, '2001-01-02', 'male').slice(14, 17)).toBe('001')
  })

  it('refuse a serial that would repeat', () => {
    expect(inventIdNumber(maxSerial - 1, '1990-01-01', 'male')).toHaveLength(18)
    expect(() => inventIdNumber(maxSerial, '1990-01-01', 'male')).toThrow(RangeError)
  })
})

describe('phones and accounts', () => {
  it('are impossible numbers of the right length', () => {
    expect(inventPhone(0)).toBe('10000000001')
    expect(inventBankAccount(0)).toMatch(/^999999\d{13}$/)
  })

  it('end in a valid Luhn digit', () => {
    expect(luhnDigit('7992739871')).toBe('3')
  })
})

describe('names', () => {
  it('have two or three characters and keep a given surname', () => {
    const random = mulberry32(9)
    for (let i = 0; i < 500; i++)
      expect(inventName(random, 'female', '韦')).toMatch(/^韦\p{Script=Han}{1,2}$/u)
  })
})
