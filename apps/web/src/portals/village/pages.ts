export { Desk } from '../../desk/desk.tsx'
export { VillageLinksPage } from './links-page.tsx'
export { PayoutsPage } from './payouts-page.tsx'
export { HouseholdStatementPage } from './statement-page.tsx'
