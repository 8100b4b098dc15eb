/** Evidence good; evidence bad; wrong usage; evidence could not be read. */
export const exitCodes = { good: 0, bad: 1, usage: 2, unread: 3 } as const
