/**
 * Every table of ours, by name. A capability adds its own in its `tables.ts`:
 * `declare module '@silian/kernel/database/tables.ts' { interface Tables { household: HouseholdTable } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Tables {}
