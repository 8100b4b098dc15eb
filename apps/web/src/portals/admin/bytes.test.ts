import { expect, it } from 'vitest'
import { bytesText } from './bytes.ts'

it('says bytes in the unit that leaves a readable number', () => {
  expect([0, 1, 1023, 1024, 1536, 10_485_760, 123_456_789, 2 ** 40].map(bytesText)).toEqual([
    ...['0 B', '1 B', '1023 B', '1 KiB', '1.5 KiB', '10 MiB', '118 MiB', '1 TiB'],
  ])
})
