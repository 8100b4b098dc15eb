import { idFrom } from '@silian/kernel/ids/ids.ts'

/** The fact that says that a household has its money, told by the item: so that its page finds who bore it out. */
export const confirmationOf = (item: string): string => idFrom('payout.confirmed', item)
