export { Desk } from '../../desk/desk.tsx'
export { DeclarationsPage } from './declarations-page.tsx'
export { OfficePayoutsPage } from './payouts-page.tsx'
export { PublishPage } from './publish-page.tsx'
