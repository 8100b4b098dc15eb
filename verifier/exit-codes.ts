/** Evidence good; evidence bad; wrong usage; evidence could not be read, or not be connected; a log signed two histories. */
export const exitCodes = { good: 0, bad: 1, usage: 2, unread: 3, fork: 4 } as const
