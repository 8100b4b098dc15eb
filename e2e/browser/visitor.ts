import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page, Request, Response } from 'playwright-core'
import { worldPassword } from '../small-world.ts'
import { seriousFindings } from './axe.ts'
import { openBrowser, type Screen } from './chromium.ts'
import { marks } from './marks.ts'
import type { Stage } from './stage.ts'

const pictures = process.env.SILIAN_PICTURES
let picture = 0
// a busy machine takes its time, but not longer than this
const WAIT = 20_000

/** Somebody at a screen, with a note of all that went wrong in their browser. */
export class Visitor {
  readonly page: Page
  readonly name: string
  readonly #stage: Stage
  readonly #asked = new Set<Request>()
  /** Errors of the page and its console, and requests that would have left for elsewhere. */
  readonly troubles: string[] = []
  readonly #scripts: Response[] = []

  private constructor(page: Page, stage: Stage, name: string) {
    this.#stage = stage
    this.page = page
    this.name = name
    page.setDefaultTimeout(WAIT)
    page.on('pageerror', error => this.troubles.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error') this.troubles.push(message.text())
    })
    page.on('request', request => {
      this.#asked.add(request)
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(stage.url))
        this.troubles.push(`request to ${request.url()}`)
    })
    for (const end of ['requestfinished', 'requestfailed'] as const)
      page.on(end as 'requestfinished', request => this.#asked.delete(request))
    page.on('response', response => {
      if (/\.js$/.test(new URL(response.url()).pathname)) this.#scripts.push(response)
    })
  }

  static async open(stage: Stage, screen: Screen, name: string): Promise<Visitor> {
    const browser = await openBrowser(screen)
    return new Visitor(await browser.newPage(), stage, name)
  }

  /** Opens an address of the programme, or from the root where it begins with two slashes. */
  async visit(path: string): Promise<void> {
    const address = path.startsWith('//') ? path.slice(1) : `/p/${this.#stage.world.programme}${path}`
    await this.page.goto(this.#stage.url + address)
    await this.settled()
  }

  /** Follows a link of the page to it, as people do, or goes there as a link would; whoever is not inside yet opens the address. */
  async go(path: string): Promise<void> {
    if (path.startsWith('//') || !this.page.url().startsWith(this.#stage.url)) return this.visit(path)
    const address = `/p/${this.#stage.world.programme}${path}`
    await this.page.evaluate(href => {
      const link = [...document.querySelectorAll('a')].find(one => one.getAttribute('href') === href)
      if (link) link.click()
      else history.pushState({}, '', href)
    }, address)
    await this.page.waitForURL(({ pathname }) => pathname === address.split('?')[0])
    await this.settled()
  }

  /** The heading stands and nothing is being fetched. Fails with what the page shows instead. */
  async settled(): Promise<void> {
    try {
      await this.page.waitForSelector('h1')
      await this.#quiet(3)
    } catch (error) {
      const shown = await this.page.content()
      throw new Error(`${this.page.url()} does not settle: ${this.troubles.join(' · ')} ${shown}`, {
        cause: error,
      })
    }
  }

  /** So many looks in a row find nothing being fetched. */
  async #quiet(looks: number): Promise<void> {
    for (let quiet = 0, looked = 0; quiet < looks; looked++) {
      // the answer waits for what the page itself is still busy with; one that is being left gives none
      const loads = await this.page
        .evaluate(
          () => new Promise(done => setTimeout(() => done(document.querySelector('.loading') !== null), 50)),
        )
        .catch(() => true)
      quiet = loads || this.#asked.size > 0 ? 0 : quiet + 1
      if (looked > 600) throw new Error([...this.#asked].map(request => request.url()).join(' '))
    }
  }

  /** Nothing moves on the page any more: a dialog that fades in has its colours only then. */
  async still(): Promise<void> {
    await this.page.evaluate(() => {
      const ends = document
        .getAnimations()
        .filter(it => it.effect?.getComputedTiming().iterations !== Infinity)
      return Promise.allSettled(ends.map(it => it.finished)).then(() => undefined)
    })
  }

  /** Signs in through the form and waits for the home of the role. */
  async signIn(name: string, password = worldPassword): Promise<void> {
    await this.visit('//sign-in')
    await this.page.fill('input[name=username]', `${name}.${this.#stage.world.programme}`)
    await this.page.fill('input[name=password]', password)
    await this.page.click('form button[type=submit]')
    await this.page.waitForURL('**/home')
    await this.settled()
  }

  /**
   * What would keep people out or away from this page, once it is still: axe's serious findings and the marks below.
   * Takes its picture where SILIAN_PICTURES names a folder.
   */
  async findings(): Promise<string[]> {
    await this.still()
    await this.#picture()
    return [...(await seriousFindings(this.page)), ...(await this.marks())]
  }

  /** Sideways scrolling, no heading or several, words that are missing, troubles. */
  async marks(): Promise<string[]> {
    return [...(await marks(this.page, this.#stage.world.programme)), ...this.troubles]
  }

  async #picture(): Promise<void> {
    if (!pictures) return
    mkdirSync(pictures, { recursive: true })
    const { pathname, search } = new URL(this.page.url())
    const shown = `${pathname}${search}`
      .replace(/^\/p\/\w+/, '')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[^\w]+/g, '-')
    const number = String(++picture).padStart(3, '0')
    const file = `${number}-${this.name}${shown.slice(0, 60)}-${this.page.viewportSize()?.width}.png`
    await this.page.screenshot({ path: join(pictures, file), fullPage: true })
  }

  /** Compressed bytes of the scripts that the page loaded, as long as it stands. */
  async scriptBytes(): Promise<number> {
    const bodies = await Promise.all(this.#scripts.map(response => response.body()))
    return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
  }

  /** What stands there once all that the last act asks for has come. */
  async text(selector: string): Promise<string> {
    await this.#quiet(1)
    return this.page.locator(selector).first().innerText({ timeout: 10_000 })
  }

  close(): Promise<void> {
    return this.page.context().close()
  }
}
