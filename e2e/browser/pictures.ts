import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { demoAccounts } from '../../data/world/people.ts'
import { closeBrowsers, desk, openBrowser, phone, type Screen } from './chromium.ts'

/**
 * Takes every page of a running demonstration as each kind of person in it, on a phone and at a desk, into a folder, and
 * notes what a machine can see amiss: pages wider than the screen, raw ids and keys, words of the other language.
 *
 *     npm start, with SILIAN_DEMO_PASSWORD
 *     node e2e/browser/pictures.ts <folder> --password <it> [--english] [--print] [--people a,b] [--screens desk]
 */
const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:8320' },
    password: { type: 'string', default: '' },
    programme: { type: 'string', default: 'shenzhen' },
    /** Usernames; `nobody` for the public pages. Default one of each role. */
    people: { type: 'string' },
    screens: { type: 'string', default: 'phone,desk' },
    /** Only pages whose address has one of these in it. */
    only: { type: 'string' },
    english: { type: 'boolean', default: false },
    print: { type: 'boolean', default: false },
  },
})
const folder = positionals[0]
if (!folder) throw new Error('usage: node e2e/browser/pictures.ts <folder> [options]')
await mkdir(folder, { recursive: true })

const TALLEST = 2600
const SETTLING = 6000
const screens: Record<string, Screen> = { phone, desk }
const publicPages = ['/shop', '/open/figures', '/metrics', '/publicity', '/bulletins', '//sign-in', '//']
const oneOfEach = [...new Map(demoAccounts.toReversed().map(item => [item.role, item.username])).values()]
const people = given.people?.split(',') ?? ['nobody', ...oneOfEach]
const findings: string[] = []
/** Pages whose actions were opened for somebody before. */
const seen = new Set<string>()

async function walk(page: Page, screen: string, person: string): Promise<void> {
  await page.context().clearCookies()
  if (person !== 'nobody') await signIn(page, person)
  const pages = person === 'nobody' ? publicPages : await navOf(page)
  for (const path of pages.filter(isAsked)) await lookAt(page, `${screen}-${person}`, path)
}

const isAsked = (path: string): boolean =>
  given.only === undefined || given.only.split(',').some(part => path.includes(part))

async function signIn(page: Page, username: string): Promise<void> {
  const answer = await page.request.post(`${given.url}/api/v1/sign-in`, {
    headers: { origin: given.url },
    data: { username, password: given.password },
  })
  if (!answer.ok()) throw new Error(`${username}: ${answer.status()} ${await answer.text()}`)
}

const addressOf = (path: string): string =>
  path.startsWith('//')
    ? given.url + path.slice(1)
    : path.startsWith('/p/')
      ? given.url + path
      : `${given.url}/p/${given.programme}${path}`

/** The pages that the person's navigation leads to, one metric among them, and those beside it. */
async function navOf(page: Page): Promise<string[]> {
  await page.goto(addressOf('/home'))
  await settle(page)
  await page.waitForTimeout(400)
  const found = await page.$$eval('.side a.nav-link', links => links.map(link => link.getAttribute('href')!))
  const isPublic = (path: string) => publicPages.some(open => path.endsWith(open))
  const metrics = found.filter(path => path.includes('/metrics/')).slice(0, 1)
  const others = found.filter(path => !path.includes('/metrics/') && !isPublic(path))
  return [...new Set([...others, ...metrics, '/notifications', '/ways'])]
}

/** A page as it opens, what its actions open, and the first thing that it lists. */
async function lookAt(page: Page, who: string, path: string): Promise<void> {
  const name = `${who}${path.replace(`/p/${given.programme}`, '').replaceAll('/', '-')}`
  try {
    await page.goto(addressOf(path))
    await take(page, name)
    const opened = `${name.split('-')[0]} ${path}`
    if (given.print || seen.has(opened)) return
    seen.add(opened)
    const actions = await page.locator('.page-actions :is(button, a)').count()
    for (let n = 0; n < Math.min(actions, 4); n++) {
      await page.goto(addressOf(path))
      await settle(page)
      await page.locator('.page-actions :is(button, a)').nth(n).click({ timeout: 2000 })
      await take(page, `${name}-action${n + 1}`)
    }
    await page.goto(addressOf(path))
    await settle(page)
    const first = page
      .locator('main :is(.row-open, tbody tr a[href*="/p/"], li a[href*="/p/"]):visible')
      .first()
    if ((await first.count()) === 0) return
    await first.click({ timeout: 2000 })
    await take(page, `${name}-first`)
  } catch (error) {
    findings.push(`${name}: ${String(error).split('\n')[0]}`)
  }
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: SETTLING }).catch(() => undefined)
  await page
    .waitForFunction(() => !document.querySelector('[aria-busy="true"], .loading'), undefined, {
      timeout: SETTLING,
    })
    .catch(() => undefined)
  await page.waitForTimeout(150)
}

async function take(page: Page, name: string): Promise<void> {
  await settle(page)
  const { width } = page.viewportSize()!
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.screenshot({
    path: join(folder!, `${name}.png`),
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) },
  })
  findings.push(...(await amissOn(page)).map(text => `${name}: ${text}`))
}

const RAW_ID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{10,}/
const RAW_KEY = /(?<![\w@/.-])[a-z]+(_[a-z]+)*\.[a-z_]+[a-z](\.[a-z_]+)*(?![\w@/-])/
/** What stands in English on Chinese pages: names of products and formats. */
const known =
  /^(Silian|English|xlsx|CSV|PDF|Excel|Word|docx|RFC|SHA|Merkle|demo|webhook|http|https|Esc|Ctrl)$/i

async function amissOn(page: Page): Promise<string[]> {
  const [text, overflow] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen is looked at
    return [document.body.innerText, scrollWidth - clientWidth] as const
  })
  const words = given.english
    ? (text.match(/\p{Script=Han}{2,}/gu) ?? [])
    : (text.match(/[A-Za-z]{4,}/g) ?? []).filter(word => !known.test(word))
  return [
    ...(overflow > 1 ? [`${overflow}px wider than the screen`] : []),
    ...(RAW_ID.test(text) ? [`raw id ${RAW_ID.exec(text)?.[0]}`] : []),
    ...(RAW_KEY.test(text) ? [`raw key ${RAW_KEY.exec(text)?.[0]}`] : []),
    ...(words.length > 0 ? [`other language: ${[...new Set(words)].slice(0, 12).join(' ')}`] : []),
  ]
}

for (const name of given.screens.split(',')) {
  const screen = screens[name]
  if (!screen) throw new Error(`no screen ${name}`)
  const context = await openBrowser(screen)
  const page = await context.newPage()
  if (given.print) await page.emulateMedia({ media: 'print' })
  await page.addInitScript(
    language => localStorage.setItem('silian.language', language),
    given.english ? 'en' : 'zh',
  )
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const person of people) await walk(page, name, person)
  await context.close()
}
await writeFile(join(folder, 'findings.txt'), [...new Set(findings)].join('\n'))
await closeBrowsers()
process.stdout.write(`${folder}: ${new Set(findings).size} findings\n`)
