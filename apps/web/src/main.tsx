import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { isPassing } from './api/problem.ts'
import { startI18n } from './i18n/i18n.ts'
import { makeRouter } from './router.tsx'
import { SayProvider } from './ui/said.tsx'
import './ui/base.css'
import './ui/components.css'

const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && isPassing(error) },
  },
})

async function start(): Promise<void> {
  await startI18n()
  const router = makeRouter()
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <SayProvider>
          <Suspense>
            <RouterProvider router={router} />
          </Suspense>
        </SayProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}

void start()
