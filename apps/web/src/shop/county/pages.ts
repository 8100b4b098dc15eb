export { CountyPage } from './county-page.tsx'
