import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { textSearch } from './declared/search.ts'
import { Shell } from './layout/shell.tsx'
import { orderSearch } from './orders/search.ts'
import { BrokenPage, NotFoundPage } from './pages/failure-page.tsx'
import { HomePage } from './pages/home-page.tsx'
import { IndexPage } from './pages/index-page.tsx'
import { SignInPage } from './pages/sign-in-page.tsx'
import { shopSearch } from './portals/shop/search.ts'
import { parseSearch, stringifySearch } from './search-text.ts'
import { RequireMember } from './session/require.tsx'
import { daySearch } from './settlements/search.ts'
import { Loading } from './ui/states.tsx'

// one chunk a portal: whoever visits one portal loads no other
const buyerPages = () => import('./portals/buyer/pages.ts')
const supplierPages = () => import('./portals/supplier/pages.tsx')
const villagePages = () => import('./portals/village/pages.ts')
const officePages = () => import('./portals/office/pages.ts')
const bankPages = () => import('./portals/bank/pages.ts')
const shopPages = () => import('./portals/shop/pages.ts')
const adminPages = () => import('./portals/admin/pages.ts')
const openPages = () => import('./portals/open/pages.ts')
const registerPages = () => import('./declared/register/pages.ts')
const processPages = () => import('./declared/process/pages.ts')
const metricPages = () => import('./declared/metric/pages.ts')

const root = createRootRoute({ component: Outlet })
const index = createRoute({ getParentRoute: () => root, path: '/', component: IndexPage })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === 'string' ? { to } : {},
  component: SignInPage,
})
const programme = createRoute({ getParentRoute: () => root, path: '/p/$programme', component: Outlet })

const open = createRoute({ getParentRoute: () => programme, id: 'public', component: PublicShell })
const shop = createRoute({
  getParentRoute: () => open,
  path: 'shop',
  validateSearch: shopSearch,
  component: lazyRouteComponent(shopPages, 'ShopPage'),
})
const offer = createRoute({
  getParentRoute: () => open,
  path: 'shop/offers/$offer',
  component: lazyRouteComponent(shopPages, 'OfferPage'),
})
const figures = createRoute({
  getParentRoute: () => open,
  path: 'open/figures',
  validateSearch: ({ month }: Record<string, unknown>): { month?: string } =>
    typeof month === 'string' ? { month } : {},
  component: lazyRouteComponent(openPages, 'FiguresPage'),
})

const bulletins = createRoute({
  getParentRoute: () => open,
  path: 'bulletins',
  component: lazyRouteComponent(openPages, 'BulletinsPage'),
})
const bulletin = createRoute({
  getParentRoute: () => open,
  path: 'bulletins/$bulletin',
  component: lazyRouteComponent(openPages, 'BulletinPage'),
})
const publicity = createRoute({
  getParentRoute: () => open,
  path: 'publicity',
  component: lazyRouteComponent(processPages, 'PublicityPage'),
})
const metrics = createRoute({
  getParentRoute: () => open,
  path: 'metrics',
  component: lazyRouteComponent(metricPages, 'MetricsPage'),
})
const metric = createRoute({
  getParentRoute: () => open,
  path: 'metrics/$metric',
  validateSearch: textSearch,
  component: lazyRouteComponent(metricPages, 'MetricPage'),
})

const desk = createRoute({ getParentRoute: () => programme, id: 'desk', component: DeskShell })
const home = createRoute({ getParentRoute: () => desk, path: 'home', component: HomePage })

const buyer = createRoute({
  getParentRoute: () => desk,
  path: 'buyer',
  component: lazyRouteComponent(buyerPages, 'Desk'),
})
const buyerOrders = createRoute({
  getParentRoute: () => buyer,
  path: 'orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(buyerPages, 'BuyerOrdersPage'),
})
const buyerOrder = createRoute({
  getParentRoute: () => buyer,
  path: 'orders/$order',
  component: lazyRouteComponent(buyerPages, 'BuyerOrderPage'),
})
const basket = createRoute({
  getParentRoute: () => buyer,
  path: 'basket',
  component: lazyRouteComponent(buyerPages, 'BasketPage'),
})
const quota = createRoute({
  getParentRoute: () => buyer,
  path: 'quota',
  component: lazyRouteComponent(buyerPages, 'QuotaPage'),
})
const payment = createRoute({
  getParentRoute: () => buyer,
  path: 'payments/$payment',
  component: lazyRouteComponent(buyerPages, 'PaymentPage'),
})
const declare = createRoute({
  getParentRoute: () => buyer,
  path: 'declare',
  component: lazyRouteComponent(buyerPages, 'DeclarePage'),
})
const buyerSettlements = createRoute({
  getParentRoute: () => buyer,
  path: 'settlements',
  validateSearch: daySearch,
  component: lazyRouteComponent(buyerPages, 'BuyerSettlementsPage'),
})

const supplier = createRoute({
  getParentRoute: () => desk,
  path: 'supplier',
  component: lazyRouteComponent(supplierPages, 'Desk'),
})
const supplierOrders = createRoute({
  getParentRoute: () => supplier,
  path: 'orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(supplierPages, 'SupplierOrdersPage'),
})
const supplierOrder = createRoute({
  getParentRoute: () => supplier,
  path: 'orders/$order',
  component: lazyRouteComponent(supplierPages, 'SupplierOrderPage'),
})
const packing = createRoute({
  getParentRoute: () => supplier,
  path: 'packing',
  validateSearch: ({ orders }: Record<string, unknown>): { orders?: string } =>
    typeof orders === 'string' ? { orders } : {},
  component: lazyRouteComponent(supplierPages, 'PackingPage'),
})
const products = createRoute({
  getParentRoute: () => supplier,
  path: 'products',
  component: lazyRouteComponent(supplierPages, 'ProductsPage'),
})
const lots = createRoute({
  getParentRoute: () => supplier,
  path: 'lots',
  component: lazyRouteComponent(supplierPages, 'LotsPage'),
})
const offers = createRoute({
  getParentRoute: () => supplier,
  path: 'offers',
  component: lazyRouteComponent(supplierPages, 'OffersPage'),
})
const supplierLinks = createRoute({
  getParentRoute: () => supplier,
  path: 'links',
  component: lazyRouteComponent(supplierPages, 'SupplierLinksPage'),
})
const supplierSettlements = createRoute({
  getParentRoute: () => supplier,
  path: 'settlements',
  validateSearch: daySearch,
  component: lazyRouteComponent(supplierPages, 'SupplierSettlementsPage'),
})
const statement = createRoute({
  getParentRoute: () => supplier,
  path: 'statement',
  validateSearch: daySearch,
  component: lazyRouteComponent(supplierPages, 'StatementPage'),
})

const village = createRoute({
  getParentRoute: () => desk,
  path: 'village',
  component: lazyRouteComponent(villagePages, 'Desk'),
})
const villageLinks = createRoute({
  getParentRoute: () => village,
  path: 'links',
  component: lazyRouteComponent(villagePages, 'VillageLinksPage'),
})
const householdStatement = createRoute({
  getParentRoute: () => village,
  path: 'households/$household/statement',
  component: lazyRouteComponent(villagePages, 'HouseholdStatementPage'),
})
const payouts = createRoute({
  getParentRoute: () => village,
  path: 'payouts',
  component: lazyRouteComponent(villagePages, 'PayoutsPage'),
})

const office = createRoute({
  getParentRoute: () => desk,
  path: 'office',
  component: lazyRouteComponent(officePages, 'Desk'),
})
const declarations = createRoute({
  getParentRoute: () => office,
  path: 'declarations',
  component: lazyRouteComponent(officePages, 'DeclarationsPage'),
})
const officeOrders = createRoute({
  getParentRoute: () => office,
  path: 'orders',
  validateSearch: orderSearch,
  component: lazyRouteComponent(officePages, 'OfficeOrdersPage'),
})
const officeOrder = createRoute({
  getParentRoute: () => office,
  path: 'orders/$order',
  component: lazyRouteComponent(officePages, 'OfficeOrderPage'),
})
const officeSettlements = createRoute({
  getParentRoute: () => office,
  path: 'settlements',
  validateSearch: daySearch,
  component: lazyRouteComponent(officePages, 'OfficeSettlementsPage'),
})
const alerts = createRoute({
  getParentRoute: () => office,
  path: 'alerts',
  component: lazyRouteComponent(officePages, 'AlertsPage'),
})
const credits = createRoute({
  getParentRoute: () => office,
  path: 'credits',
  component: lazyRouteComponent(officePages, 'CreditsPage'),
})
const prices = createRoute({
  getParentRoute: () => office,
  path: 'prices',
  component: lazyRouteComponent(officePages, 'PricesPage'),
})
const officePayouts = createRoute({
  getParentRoute: () => office,
  path: 'payouts',
  component: lazyRouteComponent(officePages, 'OfficePayoutsPage'),
})
const publish = createRoute({
  getParentRoute: () => office,
  path: 'figures',
  component: lazyRouteComponent(officePages, 'PublishPage'),
})

const bank = createRoute({
  getParentRoute: () => desk,
  path: 'bank',
  component: lazyRouteComponent(bankPages, 'Desk'),
})
const batches = createRoute({
  getParentRoute: () => bank,
  path: 'batches',
  component: lazyRouteComponent(bankPages, 'BatchesPage'),
})

const ways = createRoute({
  getParentRoute: () => desk,
  path: 'ways',
  component: lazyRouteComponent(registerPages, 'WaysPage'),
})
const register = createRoute({
  getParentRoute: () => desk,
  path: 'registers/$register',
  validateSearch: textSearch,
  component: lazyRouteComponent(registerPages, 'RegisterPage'),
})
const imports = createRoute({
  getParentRoute: () => desk,
  path: 'registers/$register/imports',
  validateSearch: textSearch,
  component: lazyRouteComponent(registerPages, 'ImportPage'),
})
const inbox = createRoute({
  getParentRoute: () => desk,
  path: 'inbox',
  validateSearch: textSearch,
  component: lazyRouteComponent(processPages, 'InboxPage'),
})
const notifications = createRoute({
  getParentRoute: () => desk,
  path: 'notifications',
  component: lazyRouteComponent(processPages, 'NotificationsPage'),
})
const cases = createRoute({
  getParentRoute: () => desk,
  path: 'cases/$process',
  validateSearch: textSearch,
  component: lazyRouteComponent(processPages, 'CasesPage'),
})
const newCase = createRoute({
  getParentRoute: () => desk,
  path: 'cases/$process/new',
  validateSearch: textSearch,
  component: lazyRouteComponent(processPages, 'NewCasePage'),
})
const oneCase = createRoute({
  getParentRoute: () => desk,
  path: 'cases/$process/$case',
  component: lazyRouteComponent(processPages, 'CasePage'),
})
const cockpit = createRoute({
  getParentRoute: () => desk,
  path: 'cockpit',
  validateSearch: textSearch,
  component: lazyRouteComponent(metricPages, 'CockpitPage'),
})

const admin = createRoute({
  getParentRoute: () => desk,
  path: 'admin',
  component: lazyRouteComponent(adminPages, 'Desk'),
})
const organisations = createRoute({
  getParentRoute: () => admin,
  path: 'organisations',
  validateSearch: ({ open: opened }: Record<string, unknown>): { open?: string } =>
    typeof opened === 'string' ? { open: opened } : {},
  component: lazyRouteComponent(adminPages, 'OrganisationsPage'),
})
const people = createRoute({
  getParentRoute: () => admin,
  path: 'people',
  component: lazyRouteComponent(adminPages, 'PeoplePage'),
})
const person = createRoute({
  getParentRoute: () => admin,
  path: 'people/$person',
  component: lazyRouteComponent(adminPages, 'PersonPage'),
})
const clients = createRoute({
  getParentRoute: () => admin,
  path: 'clients',
  component: lazyRouteComponent(adminPages, 'ClientsPage'),
})
const audit = createRoute({
  getParentRoute: () => admin,
  path: 'audit',
  component: lazyRouteComponent(adminPages, 'AuditPage'),
})
const jobs = createRoute({
  getParentRoute: () => admin,
  path: 'jobs',
  component: lazyRouteComponent(adminPages, 'JobsPage'),
})
const health = createRoute({
  getParentRoute: () => admin,
  path: 'health',
  component: lazyRouteComponent(adminPages, 'HealthPage'),
})
const settings = createRoute({
  getParentRoute: () => admin,
  path: 'settings',
  component: lazyRouteComponent(adminPages, 'SettingsPage'),
})

function PublicShell() {
  return (
    <Shell kind="public">
      <Outlet />
    </Shell>
  )
}

function DeskShell() {
  return (
    <Shell kind="desk">
      <RequireMember />
    </Shell>
  )
}

const tree = root.addChildren([
  index,
  signIn,
  programme.addChildren([
    open.addChildren([shop, offer, figures, bulletins, bulletin, publicity, metrics, metric]),
    desk.addChildren([
      home,
      buyer.addChildren([buyerOrders, buyerOrder, basket, quota, declare, payment, buyerSettlements]),
      supplier.addChildren([
        supplierOrders,
        supplierOrder,
        packing,
        products,
        lots,
        offers,
        supplierLinks,
        supplierSettlements,
        statement,
      ]),
      village.addChildren([payouts, villageLinks, householdStatement]),
      office.addChildren([
        officeOrders,
        officeOrder,
        officeSettlements,
        alerts,
        declarations,
        credits,
        prices,
        officePayouts,
        publish,
      ]),
      admin.addChildren([organisations, people, person, clients, audit, jobs, health, settings]),
      bank.addChildren([batches]),
      ways,
      register,
      imports,
      inbox,
      notifications,
      cases,
      newCase,
      oneCase,
      cockpit,
    ]),
  ]),
])

export const makeRouter = () =>
  createRouter({
    routeTree: tree,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingComponent: Loading,
    defaultErrorComponent: BrokenPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
