import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router'
import i18next from 'i18next'
import { parseSearch, stringifySearch } from '../search-text.ts'
import { Broken, Missing } from './frame/failure.tsx'
import { Frame } from './frame/frame.tsx'
import { Waiting } from './ui/notice.tsx'

const root = createRootRoute({ component: Outlet })
const shop = createRoute({ getParentRoute: () => root, path: '/s/$programme', component: Frame })

type Pages = Record<string, unknown>

/** Pages that lie in one room, fetched together with their words. */
const room = (words: string, pages: () => Promise<Pages>) => async (): Promise<Pages> => {
  const [found] = await Promise.all([pages(), i18next.loadNamespaces(words)])
  return found
}

/** A page of the shop at a path of it. */
const page = (path: string, pages: () => Promise<Pages>, name: string) =>
  createRoute({
    getParentRoute: () => shop,
    path,
    component: lazyRouteComponent(pages as Parameters<typeof lazyRouteComponent>[0], name),
  })

const home = room('front', () => import('./home/pages.ts'))
const find = room('find', () => import('./find/pages.ts'))
const goods = room('goods', () => import('./goods/pages.ts'))
const county = room('goods', () => import('./county/pages.ts'))
const cart = room('checkout', () => import('./cart/pages.ts'))
const checkout = room('checkout', () => import('./checkout/pages.ts'))
const orders = room('mine', () => import('./orders/pages.ts'))
const me = room('mine', () => import('./me/pages.ts'))

const tree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/s',
    component: lazyRouteComponent(home as Parameters<typeof lazyRouteComponent>[0], 'ChoosePage'),
  }),
  shop.addChildren([
    page('/', home, 'HomePage'),
    page('find', find, 'FindPage'),
    page('goods/$offer', goods, 'GoodsPage'),
    page('counties/$county', county, 'CountyPage'),
    page('cart', cart, 'CartPage'),
    page('checkout', checkout, 'CheckoutPage'),
    page('pay/$payment', checkout, 'PayPage'),
    page('orders', orders, 'OrdersPage'),
    page('orders/$order', orders, 'OrderPage'),
    page('orders/$order/claim', orders, 'ClaimPage'),
    page('orders/$order/evaluate', orders, 'EvaluatePage'),
    page('me', me, 'MePage'),
  ]),
])

/** `history` where there is no browser. */
export const makeShopRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree: tree,
    ...(history && { history, isServer: true }),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: Missing,
    scrollRestoration: history === undefined,
  })
