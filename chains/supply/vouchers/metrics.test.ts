import { additionsOf } from '@silian/kernel/metric/measure.ts'
import { NOTHING, tell } from '@silian/kernel/metric/value.ts'
import { expect, it } from 'vitest'
import { voucherLeverage, voucherPurchases, vouchersRedeemed } from './metrics.ts'

const at = new Date('2025-10-08T02:00:00Z')
const tianyang = { county: '451003', scope: 'counties832', voucherFen: '5000', purchaseFen: '13000' }
const heyuan = { county: '441621', scope: 'cities11', voucherFen: '1000', purchaseFen: '2700' }
const said = (lines: Record<string, string>[]) => ({
  ...{ type: 'voucher.redeemed', at, open: new Map() },
  pub: { voucher: 'v', batch: 'b', issuer: 'district', lines },
})
const leverage = (over: number, under: number) => tell(voucherLeverage, { ...NOTHING, over, under })

it('counts each line of a redemption, what was bought and what the voucher gave', () => {
  const both = said([tianyang, heyuan])
  const adds = (dims: string[], value: number) => ({ dims, value, subject: undefined, leaves: false })
  expect(additionsOf(voucherPurchases, both)).toEqual([
    adds(['451003', 'counties832', 'district'], 13_000),
    adds(['441621', 'cities11', 'district'], 2700),
  ])
  expect(additionsOf(vouchersRedeemed, both)).toEqual([
    adds(['451003', 'counties832', 'district'], 5000),
    adds(['441621', 'cities11', 'district'], 1000),
  ])
})

it('stops at a redemption that does not say its sums or its scope', () => {
  const { purchaseFen: _sum, ...unpriced } = tianyang
  const { scope: _scope, ...unplaced } = tianyang
  expect(() => additionsOf(voucherPurchases, said([unpriced]))).toThrow('no text "purchaseFen"')
  expect(() => additionsOf(vouchersRedeemed, said([unplaced]))).toThrow('no text "scope"')
})

it('is purchases over vouchers in hundredths, as the articles tell them, and nothing without a voucher', () => {
  // S3-62: 6000万元 over 2300万元
  expect(leverage(6_000_000_000, 2_300_000_000)).toMatchObject({
    ...{ value: 261, parts: [6_000_000_000, 2_300_000_000] },
  })
  // S3-64: 1.5亿元 over 1000万元
  expect(leverage(15_000_000_000, 1_000_000_000).value).toBe(1500)
  expect(leverage(0, 0).value).toBeNull()
  expect(leverage(13_000, 0).value).toBeNull()
})
