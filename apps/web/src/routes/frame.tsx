import { createRootRoute, createRoute, Outlet } from '@tanstack/react-router'
import { Shell } from '../layout/shell.tsx'
import { RequireMember } from '../session/require.tsx'

/** What every page lies in: the programme of its address, and one of two frames around it. */
export const root = createRootRoute({ component: Outlet })
export const programme = createRoute({ getParentRoute: () => root, path: '/p/$programme', component: Outlet })
export const open = createRoute({ getParentRoute: () => programme, id: 'public', component: PublicShell })
export const desk = createRoute({ getParentRoute: () => programme, id: 'desk', component: DeskShell })

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
