import type { Complaint } from './contract.ts'

/** Whoever has paid may complain, also of what was cancelled then. */
export const isComplainable = ({ paid_at }: { readonly paid_at: Date | null }): boolean => paid_at !== null

const open: readonly Complaint['state'][] = ['answer', 'answered', 'decide']

/** Not over: nothing new is said of the order meanwhile. */
export const isOpen = ({ state }: Pick<Complaint, 'state'>): boolean => open.includes(state)
