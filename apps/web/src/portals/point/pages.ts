export { Desk } from '../../desk/desk.tsx'
export { ProxyPage } from './proxy-page.tsx'
