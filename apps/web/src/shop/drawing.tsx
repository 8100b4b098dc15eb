import { dehydrate, QueryClient } from '@tanstack/react-query'
import { createMemoryHistory } from '@tanstack/react-router'
import { renderToString } from 'react-dom/server'
import { reachBy } from '../api/send.ts'
import { startI18n } from '../i18n/i18n.ts'
import { App } from './app.tsx'
import { fetchFirst } from './first.ts'
import { makeShopRouter } from './router.tsx'

/** A first page as the browser would draw it, in Chinese and with nothing of whoever asks in it. */
export interface Drawn {
  readonly title: string
  readonly markup: string
  /** JSON of what it was drawn from. */
  readonly given: string
}

/** Draws home and goods pages; undefined for every other path, and where what a page is drawn from did not come. */
export type Draw = (path: string) => Promise<Drawn | undefined>

/** `ask` answers addresses of the API, as anybody would be answered. */
export async function makeDraw(ask: typeof fetch): Promise<Draw> {
  reachBy(ask)
  await startI18n(['front', 'common', 'goods'])
  return async path => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    if (!(await fetchFirst(client, path))) return undefined
    const router = makeShopRouter(createMemoryHistory({ initialEntries: [path] }))
    await router.load()
    let title = ''
    const markup = renderToString(<App client={client} router={router} tellTitle={said => (title = said)} />)
    // no text of a person's may end the block it lies in
    const given = JSON.stringify(dehydrate(client)).replaceAll('<', '\\u003c')
    client.clear()
    return { title, markup, given }
  }
}
