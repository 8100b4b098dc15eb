import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { closeBrowsers, desk, openBrowser } from '@silian/e2e/browser/chromium.ts'
import { tlogProof } from '@silian/kernel/log/proofs.ts'
import { median, percentile } from '../rounds.ts'
import { type LogStage, scope } from '../spine/log-stage.ts'
import { type Line, ms } from './line.ts'
import { witnessed } from './witnesses.ts'

const MOST_MS = 20
const MOST_BYTES = 2048
const CHECKS = 200

/** A receipt with its entry and both cosignatures, checked in a page by the verifier's own files. */
export async function receiptLines(stage: LogStage, fact: string): Promise<Line[]> {
  const [proof, policy] = await witnessed(
    stage,
    async ({ text }) => [await seenBoth(stage, fact), text] as const,
  )
  const times = await inBrowser(proof, policy)
  const [first, ...more] = times
  const bytes = Buffer.byteLength(proof)
  return [
    {
      what: 'receipt checked in a browser',
      aim: `≤ ${MOST_MS} ms`,
      figure: ms(median(more)),
      ratio: MOST_MS / Math.max(0.1, median(more)),
      note: `the first ${ms(first!)}, p99 ${ms(percentile(more, 0.99))} of ${more.length}, two cosignatures`,
    },
    {
      what: 'size of a receipt',
      aim: `≤ ${MOST_BYTES} bytes`,
      figure: `${bytes} bytes`,
      ratio: MOST_BYTES / bytes,
      note: 'with its entry and two cosignatures',
    },
  ]
}

/** The receipt, once both witnesses saw the tree: their lines are two more of its checkpoint. */
async function seenBoth(stage: LogStage, fact: string): Promise<string> {
  for (let n = 0; n < 600; n++) {
    const proof = await tlogProof(stage.app, scope.programme, fact)
    if (proof && proof.match(/^\u2014 /gm)!.length === 3) return proof
    await pause(100)
  }
  throw new Error('the witnesses were silent for a minute')
}

/** Milliseconds of each check; fails where one is not good. */
async function inBrowser(proof: string, policy: string): Promise<number[]> {
  const server = await pages()
  const browser = await openBrowser(desk)
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    // a text, for the page's code is none of this project's types
    const check = `async ({ proof, policy, times }) => {
      const { verifyProof } = await import('/verifier/proof.ts')
      const { parsePolicy } = await import('/verifier/policy.ts')
      const bytes = new TextEncoder().encode(proof)
      const took = []
      for (let n = 0; n < times; n++) {
        const begun = performance.now()
        const parsed = parsePolicy(policy)
        const result = await verifyProof({ proof: bytes, trust: { policy: parsed.value } })
        took.push(performance.now() - begun)
        if (!result.ok || result.report.witnesses.length !== 2) throw new Error(JSON.stringify(result))
      }
      return took
    }`
    return await page.evaluate(`(${check})(${JSON.stringify({ proof, policy, times: CHECKS + 1 })})`)
  } finally {
    await browser.close()
    await closeBrowsers()
    server.close()
    server.closeAllConnections()
  }
}

const root = join(import.meta.dirname, '../..')
const imports = JSON.stringify({ imports: { '@noble/': '/node_modules/@noble/' } })
const index = `<!doctype html><meta charset="utf-8"><script type="importmap">${imports}</script>`

/** The verifier as it is, without its types: what a page would load. */
async function pages(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname)
    if (path === '/') return response.setHeader('content-type', 'text/html').end(index)
    const text = /^\/(verifier|node_modules\/@noble)\//.test(path)
      ? await readFile(join(root, path), 'utf8').catch(() => undefined)
      : undefined
    if (text === undefined) return response.writeHead(404).end()
    const code = path.endsWith('.ts') ? stripTypeScriptTypes(text) : text
    return response.setHeader('content-type', 'text/javascript').end(code)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}
