import { createRoute, createRouter } from '@tanstack/react-router'
import { BrokenPage, NotFoundPage } from './pages/failure-page.tsx'
import { HomePage } from './pages/home-page.tsx'
import { IndexPage } from './pages/index-page.tsx'
import { SignInPage } from './pages/sign-in-page.tsx'
import { adminRoutes } from './routes/admin.ts'
import { bankRoutes } from './routes/bank.ts'
import { buyerRoutes } from './routes/buyer.ts'
import { declaredRoutes } from './routes/declared.ts'
import { erasureRoutes } from './routes/erasures.ts'
import { desk, programme, root } from './routes/frame.tsx'
import { ledgerRoutes } from './routes/ledger.ts'
import { officeRoutes } from './routes/office.ts'
import { openRoutes } from './routes/open.ts'
import { pointRoutes } from './routes/point.ts'
import { signingRoute } from './routes/signing.ts'
import { supplierRoutes } from './routes/supplier.ts'
import { villageRoutes } from './routes/village.ts'
import { parseSearch, stringifySearch } from './search-text.ts'
import { Loading } from './ui/states.tsx'

const index = createRoute({ getParentRoute: () => root, path: '/', component: IndexPage })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to }: Record<string, unknown>): { to?: string } =>
    typeof to === 'string' ? { to } : {},
  component: SignInPage,
})
const home = createRoute({ getParentRoute: () => desk, path: 'home', component: HomePage })

// one chunk a portal: its routes load its pages when one of them is visited, and no other's
const tree = root.addChildren([
  index,
  signIn,
  programme.addChildren([
    openRoutes,
    desk.addChildren([
      home,
      buyerRoutes,
      supplierRoutes,
      villageRoutes,
      pointRoutes,
      officeRoutes,
      adminRoutes,
      bankRoutes,
      ledgerRoutes,
      erasureRoutes,
      signingRoute,
      ...declaredRoutes,
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
