import { Dexie, type Table } from 'dexie'
import type { Draft } from '../checkout/draft.ts'
import type { CartLine } from './rules.ts'

/** What the shop keeps on this device: the cart, and an order on its way with the key that makes it one. */
class Store extends Dexie {
  declare readonly lines: Table<CartLine, [string, string]>
  declare readonly drafts: Table<Draft, string>

  constructor() {
    super('silian-shop')
    this.version(1).stores({ lines: '[programme+offerId], programme', drafts: 'programme' })
  }
}

export const store = new Store()
