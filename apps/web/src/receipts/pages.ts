export { CheckPage } from './check-page.tsx'
export { ReceiptsPage } from './receipts-page.tsx'
