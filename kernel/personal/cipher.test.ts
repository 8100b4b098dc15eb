import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blindIndex, normalAccount, normalIdentity, normalName, normalPhone } from './blind-index.ts'
import { openField, type SubjectKey, sealField } from './cipher.ts'

const key: SubjectKey = { programme: 'shenzhen', subject: 's1', key: randomBytes(32) }

describe('a sealed field', () => {
  it('opens to the same text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(openField(key, 'person.name', sealField(key, 'person.name', text))).toBe(text)
      }),
    )
  })

  it('begins with its version, and is never the same twice', () => {
    const [a, b] = [sealField(key, 'f', '王小明'), sealField(key, 'f', '王小明')]
    expect(a[0]).toBe(1)
    expect(a.length).toBe(1 + 12 + Buffer.byteLength('王小明') + 16)
    expect(a.equals(b)).toBe(false)
  })

  it.each([
    ['another field', { ...key }, 'person.phone'],
    ['another subject', { ...key, subject: 's2' }, 'person.name'],
    ['another programme', { ...key, programme: 'beijing' }, 'person.name'],
    ['another key', { ...key, key: randomBytes(32) }, 'person.name'],
  ])('does not open as %s', (_, other, field) => {
    const sealed = sealField(key, 'person.name', '王小明')
    expect(() => openField(other, field, sealed)).toThrow()
  })

  it('does not let subject and field be shifted against each other', () => {
    const sealed = sealField({ ...key, subject: 'a","b' }, 'c', 'x')
    expect(() => openField({ ...key, subject: 'a' }, 'b","c', sealed)).toThrow()
  })

  it('does not open when any byte was changed, added or cut', () => {
    const sealed = sealField(key, 'f', 'abc')
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed)
      changed[i] = changed[i]! ^ 1
      expect(() => openField(key, 'f', changed)).toThrow()
    }
    expect(() => openField(key, 'f', Buffer.concat([sealed, Buffer.from([0])]))).toThrow()
    for (let n = 0; n < sealed.length; n++) expect(() => openField(key, 'f', sealed.subarray(0, n))).toThrow()
  })
})

describe('a blind index', () => {
  const indexKey = randomBytes(32).toString('base64')

  it('is 16 bytes, equal for equal text of one field in one programme only', () => {
    const index = blindIndex(indexKey, 'shenzhen', 'person.phone', '13812341234')
    expect(index.length).toBe(16)
    expect(blindIndex(indexKey, 'shenzhen', 'person.phone', '13812341234')).toEqual(index)
    for (const other of [
      blindIndex(indexKey, 'beijing', 'person.phone', '13812341234'),
      blindIndex(indexKey, 'shenzhen', 'person.mobile', '13812341234'),
      blindIndex(indexKey, 'shenzhen', 'person.phone', '13812341235'),
      blindIndex(randomBytes(32).toString('base64'), 'shenzhen', 'person.phone', '13812341234'),
      blindIndex(indexKey, 'shenzhen', 'person', 'phone","13812341234'),
    ])
      expect(other.equals(index)).toBe(false)
  })

  it('is made of what people mean, not of how they type it', () => {
    expect(
      ['138-1234 1234', '+86 13812341234', '008613812341234', '１３８１２３４１２３４'].map(normalPhone),
    ).toEqual(Array(4).fill('13812341234'))
    expect(normalPhone('0755-8888888')).toBe('07558888888')
    expect(normalIdentity(' 11010519491231002x')).toBe('11010519491231002X')
    expect(normalAccount('6222 0210 0111 6245 702')).toBe('6222021001116245702')
    expect(normalName('  王 　小明 ')).toBe('王 小明')
  })
})
