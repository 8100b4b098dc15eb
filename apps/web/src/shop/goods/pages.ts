export { GoodsPage } from './goods-page.tsx'
