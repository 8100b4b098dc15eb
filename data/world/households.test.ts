import { beforeAll, describe, expect, it } from 'vitest'
import { villagesOf } from './areas.ts'
import { causes, householdClasses } from './household-terms.ts'
import { generateHouseholds, type Household, hasLabour, worldYear } from './households.ts'
import { idCheckDigit } from './identity.ts'

let households: Household[]
beforeAll(() => {
  households = generateHouseholds(2000, 1)
})

const members = () => households.flatMap(household => household.members)
const count = (key: 'cause' | 'class', code: string) => households.filter(item => item[key] === code).length

describe('households', () => {
  it('are the same for one seed and others for another', () => {
    expect(generateHouseholds(50, 7)).toEqual(generateHouseholds(50, 7))
    expect(generateHouseholds(50, 7)).not.toEqual(generateHouseholds(50, 8))
  })

  it('hold 6,048 persons, within one percent of the 3.024 a household of S3-46', () => {
    expect(members()).toHaveLength(6048)
    expect(Math.abs(6048 / 2000 / (131_790 / 43_576) - 1)).toBeLessThan(0.01)
    expect(households.every(item => item.members.length >= 1 && item.members.length <= 6)).toBe(true)
  })

  it('have the causes of Guangdong 2016 in exact counts', () => {
    expect(causes.reduce((sum, cause) => sum + cause.permille, 0)).toBe(1000)
    const printed = ['illness', 'labour', 'disability', 'schooling', 'funds']
    expect(printed.map(code => count('cause', code))).toEqual([724, 466, 398, 98, 90])
    for (const { code, permille } of causes) expect(count('cause', code)).toBe(permille * 2)
  })

  it('are mostly lifted, some under one of the three kinds of monitoring', () => {
    expect(householdClasses.map(({ code }) => count('class', code))).toEqual([1840, 70, 60, 30])
  })

  it('are spread evenly over the villages', () => {
    const villages = villagesOf('shenzhen')
    const perVillage = villages.map(({ code }) => households.filter(item => item.villageCode === code).length)
    expect(Math.max(...perVillage) - Math.min(...perVillage)).toBeLessThanOrEqual(1)
  })

  it('have unique codes, phones and accounts, all impossible', () => {
    for (const key of ['code', 'phone', 'bankAccount'] as const) {
      expect(new Set(households.map(item => item[key])).size).toBe(2000)
    }
    for (const item of households) {
      expect(item.code).toMatch(/^\d{6}90[1-5]20[1-8]\d{4}$/)
      expect(item.phone).toMatch(/^100\d{8}$/)
      expect(item.bankAccount).toMatch(/^999999\d{13}$/)
    }
  })
})

describe('members', () => {
  it('have unique identity numbers of no region, with a right check digit', () => {
    expect(new Set(members().map(({ idNumber }) => idNumber)).size).toBe(6048)
    for (const { idNumber } of members()) {
      expect(idNumber).toMatch(/^999\d{14}[0-9X]$/)
      expect(idNumber.at(17)).toBe(idCheckDigit(idNumber.slice(0, 17)))
    }
  })

  it('agree in birth, sex and relation with their number', () => {
    const female = new Set(['daughter', 'mother'])
    const male = new Set(['son', 'father'])
    for (const { idNumber, birthDate, birthYear, relation, sex } of members()) {
      expect(idNumber.slice(6, 14)).toBe(birthDate.replaceAll('-', ''))
      expect(birthDate.startsWith(String(birthYear))).toBe(true)
      expect(Number(idNumber[16]) % 2).toBe(sex === 'male' ? 1 : 0)
      if (female.has(relation)) expect(sex).toBe('female')
      if (male.has(relation)) expect(sex).toBe('male')
    }
  })

  it('begin with the one head, and generations are at least twenty years apart', () => {
    for (const { members: own } of households) {
      expect(own.filter(({ relation }) => relation === 'head')).toEqual([own[0]])
      const born = (...relations: string[]) =>
        own.filter(({ relation }) => relations.includes(relation)).map(({ birthYear }) => birthYear)
      const head = born('head')[0] as number
      for (const year of born('son', 'daughter')) expect(year - head).toBeGreaterThanOrEqual(20)
      for (const year of born('father', 'mother')) expect(head - year).toBeGreaterThanOrEqual(20)
      for (const { birthYear } of own) {
        expect(birthYear).toBeLessThan(worldYear)
        expect(birthYear).toBeGreaterThan(worldYear - 95)
      }
    }
  })

  it('show the cause: the ill are ill, the disabled disabled, and children do not work', () => {
    for (const { cause, members: own } of households) {
      if (cause === 'illness') expect(['chronic', 'serious']).toContain(own[0]?.health)
      if (cause === 'disability') expect(own[0]?.health).toBe('disabled')
      if (cause === 'labour') expect(own[0]?.labour).toBe('lost')
      if (cause === 'schooling') expect(own.length).toBeGreaterThanOrEqual(3)
    }
    for (const { birthYear, labour } of members()) {
      if (worldYear - birthYear < 16) expect(labour).toBe('none')
    }
    expect(households.filter(hasLabour).length).toBeGreaterThan(1000)
  })
})

it('can be as many as the articles count', () => {
  const all = generateHouseholds(43_576, 2)
  const persons = all.reduce((sum, item) => sum + item.members.length, 0)
  expect(Math.abs(persons - 131_790)).toBeLessThan(10)
})
