/** How organisations are called, by id. */
export type Names = ReadonlyMap<string, string>

interface Page {
  readonly items: readonly { readonly id: string; readonly nameZh: string; readonly nameEn: string }[]
  readonly next: string | null
}

/** What the publisher's server calls these organisations, as it tells anybody: the log has their ids. Empty of a folder. */
export async function namesFrom(log: string, ids: ReadonlySet<string>): Promise<Names> {
  const [, host, programme] = /^(https?:.*)\/log\/([a-z0-9-]+)\/?$/.exec(log) ?? []
  const names = new Map<string, string>()
  let after: string | null = ''
  while (host && after !== null && names.size < ids.size) {
    const page: Page | undefined = await pageOf(`${host}/api/v1/p/${programme}/organisations`, after)
    for (const { id, nameZh, nameEn } of page?.items ?? [])
      if (ids.has(id)) names.set(id, [...new Set([nameZh, nameEn])].join(' / '))
    after = page?.next ?? null
  }
  return names
}

/** Undefined where the server does not answer: a sample is whole without names. */
async function pageOf(url: string, after: string): Promise<Page | undefined> {
  const query = new URLSearchParams({ limit: '200', ...(after && { after }) })
  try {
    const answer = await fetch(`${url}?${query}`, { signal: AbortSignal.timeout(30_000) })
    return answer.ok ? ((await answer.json()) as Page) : undefined
  } catch {
    return undefined
  }
}
