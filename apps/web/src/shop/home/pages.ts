export { ChoosePage } from './choose-page.tsx'
export { HomePage } from './home-page.tsx'
