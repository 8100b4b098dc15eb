import { expect, it } from 'vitest'
import { goodsNames } from './goods-names.ts'

const goods = {
  nameZh: '百色芒果 一级 5斤装',
  nameEn: 'Baise mango',
  specZh: '一级 5斤装',
  specEn: 'grade 1, 2.5 kg',
}

it('says a specification once', () => {
  expect(goodsNames(false).besideOf(goods)).toBe('')
  expect(goodsNames(true).besideOf(goods)).toBe('grade 1, 2.5 kg')
})

it('calls goods without an English name as they are called at home', () =>
  expect(goodsNames(true).nameOf({ ...goods, nameEn: '' })).toBe('百色芒果 一级 5斤装'))
