/** Where a sign-in leads: only to a path of our own. */
export const inside = (to: string | undefined): string =>
  to?.startsWith('/') && !to.startsWith('//') && !/[\\\s]/.test(to) ? to : '/'
