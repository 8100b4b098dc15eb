import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import type { makeShopRouter } from './router.tsx'

interface AppProps {
  readonly client: QueryClient
  readonly router: ReturnType<typeof makeShopRouter>
}

/** The whole shop, in the browser and where its first page is drawn. */
export const App = ({ client, router }: AppProps) => (
  <StrictMode>
    <QueryClientProvider client={client}>
      <Suspense>
        <RouterProvider router={router as never} />
      </Suspense>
    </QueryClientProvider>
  </StrictMode>
)
