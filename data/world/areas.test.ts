import { describe, expect, it } from 'vitest'
import { areaOf, areas, countyOf, pairedCounties, pairingNames, programmes, villagesOf } from './areas.ts'
import { isCited } from './source.ts'

const at = (level: string) => areas.filter(area => area.level === level)

describe('areas', () => {
  it('has unique codes whose parents come first', () => {
    const seen = new Set<string>()
    for (const area of areas) {
      expect(seen.has(area.code)).toBe(false)
      if (area.parent) expect(seen.has(area.parent)).toBe(true)
      seen.add(area.code)
    }
  })

  it('has the ten districts of Shenzhen (S3-50)', () => {
    expect(areas.filter(area => area.parent === '440300')).toHaveLength(10)
  })

  it('pairs 22 counties with Shenzhen and two banners with Tongzhou', () => {
    const count = (slug: string) => pairedCounties.filter(county => county.programme === slug).length
    expect([count('shenzhen'), count('tongzhou')]).toEqual([22, 2])
  })

  it('puts every paired county in exactly one of the two statistical scopes (S3-05)', () => {
    for (const county of pairedCounties) expect(county.is832).not.toBe(county.guangdong11)
    expect(pairedCounties.filter(county => county.guangdong11)).toHaveLength(9)
  })

  it('covers the three fields of assistance (S3-86)', () => {
    expect(new Set(pairedCounties.map(county => county.pairing))).toEqual(new Set(Object.keys(pairingNames)))
  })

  it('cites a row for every real area and none for an invented one', () => {
    for (const area of areas) expect(isCited(area.source)).toBe(area.code.length === 6)
  })
})

describe('invented places', () => {
  it('gives every county three to five townships with three to eight villages', () => {
    for (const county of pairedCounties) {
      const townships = areas.filter(area => area.parent === county.code)
      expect(townships.length).toBeGreaterThanOrEqual(3)
      expect(townships.length).toBeLessThanOrEqual(5)
      for (const township of townships) {
        const villages = areas.filter(area => area.parent === township.code)
        expect(villages.length).toBeGreaterThanOrEqual(3)
        expect(villages.length).toBeLessThanOrEqual(8)
        expect(new Set(villages.map(village => village.name)).size).toBe(villages.length)
      }
    }
  })

  it('numbers townships in the range no real township uses', () => {
    for (const township of at('township')) expect(township.code).toMatch(/^\d{6}90[1-5]$/)
    for (const village of at('village')) expect(village.code).toMatch(/^\d{6}90[1-5]20[1-8]$/)
  })

  it('keeps the county of a village', () => {
    const village = villagesOf('shenzhen')[0]
    expect(village && countyOf(village.code)).toBe('451003')
    expect(village?.is832).toBe(true)
    expect(villagesOf('tongzhou').every(area => area.code.startsWith('15'))).toBe(true)
  })
})

describe('programmes', () => {
  it('start from an area of their own', () => {
    for (const programme of programmes) expect(areaOf(programme.rootArea).programme).toBe(programme.slug)
  })

  it('refuses an unknown code', () => {
    expect(() => areaOf('000000')).toThrow('no area 000000')
  })
})
