import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import type { makeShopRouter } from './router.tsx'
import { TellTitle } from './ui/title.ts'

interface AppProps {
  readonly client: QueryClient
  readonly router: ReturnType<typeof makeShopRouter>
  readonly tellTitle?: (title: string) => void
}

/** The whole shop, in the browser and where its first page is drawn. */
export const App = ({ client, router, tellTitle }: AppProps) => (
  <StrictMode>
    <QueryClientProvider client={client}>
      <TellTitle value={tellTitle}>
        <Suspense>
          <RouterProvider router={router as never} />
        </Suspense>
      </TellTitle>
    </QueryClientProvider>
  </StrictMode>
)
