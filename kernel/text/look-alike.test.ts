import { expect, test } from 'vitest'
import { lookAlikes, spellings } from './look-alike.ts'

test('one sign after the other is changed for each that looks alike', () => {
  expect(lookAlikes('密蜂')).toEqual(['蜜蜂', '密峰', '密锋'])
  expect(lookAlikes('茄子')).toEqual(['加子'])
  expect(lookAlikes('天')).toEqual([])
})

test('a word is spelt in each way that its signs are written', () => {
  expect(spellings('金桔')).toEqual(['金橘', '金桔'])
  expect(spellings('芒果')).toEqual(['芒果'])
})
