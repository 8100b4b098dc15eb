import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { isPassing } from '../api/problem.ts'
import { startI18n } from '../i18n/i18n.ts'
import { applyPrint } from './frame/print-size.ts'
import { keepWorking } from './frame/worker.ts'
import { offerOf, offersOf } from './queries.ts'
import { makeShopRouter } from './router.tsx'
import './styles/base.css'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // what was fetched stays on the page while the line is down
      gcTime: 3_600_000,
      retry: (failures, error) => failures < 2 && isPassing(error),
    },
  },
})

/** What the first page will ask for is asked while its scripts are on their way. */
function askAhead(): void {
  const [, programme, place, id] = /^\/s\/([^/]+)(?:\/(\w+))?(?:\/([\w-]+))?/.exec(location.pathname) ?? []
  if (programme === undefined) return
  if (place === 'goods' && id) void client.prefetchQuery(offerOf(programme, id))
  if (place === undefined) void client.prefetchQuery(offersOf(programme, { limit: 12 }))
}

async function start(): Promise<void> {
  applyPrint()
  askAhead()
  await startI18n(['front', 'common'])
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Suspense>
          <RouterProvider router={makeShopRouter() as never} />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>,
  )
  keepWorking()
}

void start()
