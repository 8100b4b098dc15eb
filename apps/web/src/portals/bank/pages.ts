export { Desk } from '../../desk/desk.tsx'
export { BatchesPage } from './batches-page.tsx'
