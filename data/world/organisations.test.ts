import { describe, expect, it } from 'vitest'
import { areaOf, pairedCounties } from './areas.ts'
import { type OrganisationType, organisationOf, organisations, organisationsOfType } from './organisations.ts'
import { rowId } from './source.ts'

describe('organisations', () => {
  it('have unique keys and names and a known area', () => {
    expect(new Set(organisations.map(({ key }) => key)).size).toBe(organisations.length)
    expect(new Set(organisations.map(({ name }) => name)).size).toBe(organisations.length)
    for (const { areaCode } of organisations) expect(areaOf(areaCode).code).toBe(areaCode)
  })

  it('are invented and say so in their name', () => {
    for (const organisation of organisations) {
      expect(organisation.source).toBe('invented')
      expect(organisation.name).toContain('示范')
      expect(organisation.nameEn).toContain('Model')
      if (organisation.echoes) expect(organisation.echoes).toMatch(rowId)
    }
  })

  it('are counted', () => {
    const count = (...types: OrganisationType[]) => organisationsOfType(...types).length
    expect(organisations).toHaveLength(119)
    expect(count('district_office')).toBe(10)
    expect(count('budget_unit')).toBe(11)
    expect(count('cooperative')).toBe(25)
    expect(count('enterprise')).toBe(3)
    expect(count('county_assistance_office', 'county_agriculture_office')).toBe(48)
  })

  it('give every paired county both offices and a co-operative', () => {
    for (const county of pairedCounties) {
      const types = organisations.filter(({ areaCode }) => areaCode === county.code).map(({ type }) => type)
      expect(types).toContain('county_assistance_office')
      expect(types).toContain('county_agriculture_office')
      expect(types).toContain('cooperative')
    }
  })

  it('put townships and villages into places of their level', () => {
    for (const { type, areaCode } of organisationsOfType('township', 'village')) {
      expect(areaOf(areaCode).level).toBe(type)
    }
  })

  it('are found by key', () => {
    expect(organisationOf('unit.police').echoes).toBe('S3-85')
    expect(() => organisationOf('unit.none')).toThrow('no organisation unit.none')
  })
})
