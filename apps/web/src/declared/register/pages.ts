export { WaysPage } from '../ways-page.tsx'
export { ImportPage } from './import-page.tsx'
export { RegisterPage } from './page.tsx'
export { ProposalsPage } from './proposals-page.tsx'
