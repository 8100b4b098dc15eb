/** What we owe, by whom it is owed to. Ceilings: nobody is paid more than was credited. */
export const owedTo = {
  organisation: (id: string): string => `payable/organisation/${id}`,
  household: (id: string): string => `payable/household/${id}`,
}
/** Money on its way to households through the bank. */
export const inPayout = (batchId: string): string => `payout/batch/${batchId}`
