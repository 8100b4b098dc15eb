/** Goods that were paid back and cannot be sold again: spoilt, or lost on the way. */
export const lostGoods = (unit: string): string => `world/lost/${unit}`
