export { Desk } from '../../desk/desk.tsx'
export { ErasurePage } from './erasure-page.tsx'
export { ErasuresPage } from './erasures-page.tsx'
