import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { desk } from './frame.tsx'

export const signingRoute = createRoute({
  getParentRoute: () => desk,
  path: 'signing-keys',
  component: lazyRouteComponent(() => import('../signing/pages.ts'), 'KeysPage'),
})
