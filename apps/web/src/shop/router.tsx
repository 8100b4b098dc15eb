import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { parseSearch, stringifySearch } from '../search-text.ts'
import { Broken, Missing } from './frame/failure.tsx'
import { Frame } from './frame/frame.tsx'
import { Waiting } from './ui/notice.tsx'

const root = createRootRoute({ component: Outlet })
const shop = createRoute({ getParentRoute: () => root, path: '/s/$programme', component: Frame })

type Pages = Parameters<typeof lazyRouteComponent>[0]

/** A page of the shop at a path of it; what lies in one room is fetched together. */
const page = (path: string, pages: Pages, name: string) =>
  createRoute({ getParentRoute: () => shop, path, component: lazyRouteComponent(pages, name) })

const home = () => import('./home/pages.ts')
const find = () => import('./find/pages.ts')
const goods = () => import('./goods/pages.ts')
const county = () => import('./county/pages.ts')
const cart = () => import('./cart/pages.ts')
const checkout = () => import('./checkout/pages.ts')
const orders = () => import('./orders/pages.ts')
const me = () => import('./me/pages.ts')

const tree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/s',
    component: lazyRouteComponent(home, 'ChoosePage'),
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

export const makeShopRouter = () =>
  createRouter({
    routeTree: tree,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: Waiting,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: Missing,
    scrollRestoration: true,
  })
