import { type DehydratedState, hydrate, QueryClient } from '@tanstack/react-query'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { isPassing } from '../api/problem.ts'
import { chosenLanguage, startI18n, vocabularies } from '../i18n/i18n.ts'
import { kept } from '../i18n/kept.ts'
import { App } from './app.tsx'
import { fetchFirst } from './first.ts'
import { applyPrint, printSizes } from './frame/print-size.ts'
import { keepWorking } from './frame/worker.ts'
import { makeShopRouter } from './router.tsx'
import './styles/base.css'
import './styles/goods.css'
import './styles/home.css'

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

/** The server draws for those who chose nothing else; a choice it was not told of is drawn anew. */
const isAsDrawn = (): boolean =>
  chosenLanguage() === 'zh' &&
  kept('vocabulary', vocabularies) === 'current' &&
  kept('print', printSizes) === 'normal'

async function start(): Promise<void> {
  applyPrint()
  const given = document.getElementById('given')?.textContent
  if (given) hydrate(client, JSON.parse(given) as DehydratedState)
  // asked while the scripts of the page are on their way
  else void fetchFirst(client, location.pathname)
  const router = makeShopRouter()
  const root = document.getElementById('root')!
  if (given && isAsDrawn()) {
    // the page stands there already: it is taken over when nothing of it is missing
    router.ssr = { manifest: undefined }
    await Promise.all([startI18n(['front', 'common', 'goods']), router.load()])
    hydrateRoot(root, <App client={client} router={router} />)
  } else {
    await startI18n(['front', 'common'])
    createRoot(root).render(<App client={client} router={router} />)
  }
  keepWorking()
}

void start()
