import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { Shell } from './layout/shell.tsx'
import { BrokenPage, NotFoundPage } from './pages/failure-page.tsx'
import { HomePage } from './pages/home-page.tsx'
import { IndexPage } from './pages/index-page.tsx'
import { SignInPage } from './pages/sign-in-page.tsx'
import { RequireMember } from './session/require.tsx'
import { Loading } from './ui/states.tsx'

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

const desk = createRoute({ getParentRoute: () => programme, id: 'desk', component: Desk })
const home = createRoute({ getParentRoute: () => desk, path: 'home', component: HomePage })

function Desk() {
  return (
    <Shell kind="desk">
      <RequireMember />
    </Shell>
  )
}

const tree = root.addChildren([index, signIn, programme.addChildren([desk.addChildren([home])])])

export const makeRouter = () =>
  createRouter({
    routeTree: tree,
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
