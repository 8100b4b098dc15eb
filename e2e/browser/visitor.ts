import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { worldPassword } from '../small-world.ts'
import { seriousFindings } from './axe.ts'
import { type Browser, openBrowser, type Screen } from './chromium.ts'
import type { Stage } from './stage.ts'

/** Somebody at a screen, with a note of all that went wrong in their browser. */
export class Visitor {
  readonly page: Page
  readonly #browser: Browser
  readonly #stage: Stage
  /** Errors of the page and its console, and requests that would have left for elsewhere. */
  readonly troubles: string[] = []
  /** Compressed bytes of the scripts loaded so far. */
  scriptBytes = 0

  private constructor(browser: Browser, page: Page, stage: Stage) {
    this.#browser = browser
    this.page = page
    this.#stage = stage
    page.on('pageerror', error => this.troubles.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error') this.troubles.push(message.text())
    })
    page.on('request', request => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(stage.url))
        this.troubles.push(`request to ${request.url()}`)
    })
    page.on('response', async response => {
      if (!/\.js$/.test(new URL(response.url()).pathname)) return
      const body = await response.body().catch(() => Buffer.alloc(0))
      this.scriptBytes += gzipSync(body).length
    })
  }

  static async open(stage: Stage, screen: Screen): Promise<Visitor> {
    const browser = await openBrowser(screen)
    return new Visitor(browser, await browser.context.newPage(), stage)
  }

  /** Opens an address of the programme, or from the root where it begins with two slashes. */
  async visit(path: string): Promise<void> {
    const address = path.startsWith('//') ? path.slice(1) : `/p/${this.#stage.world.programme}${path}`
    await this.page.goto(this.#stage.url + address)
    await this.settled()
  }

  /** The heading stands and nothing is being fetched. Fails with what the page shows instead. */
  async settled(): Promise<void> {
    try {
      await this.page.waitForSelector('h1')
      await this.page.waitForLoadState('networkidle')
      await this.page.waitForSelector('.loading', { state: 'detached' })
    } catch (error) {
      const shown = await this.page.content()
      throw new Error(`${this.page.url()} does not settle: ${this.troubles.join(' · ')} ${shown}`, {
        cause: error,
      })
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

  /** What would keep people out or away from this page: axe's serious findings, sideways scrolling, troubles. */
  async findings(): Promise<string[]> {
    const wide = Number(
      await this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    )
    return [
      ...(await seriousFindings(this.page)),
      ...(wide > 0 ? [`${wide} px wider than the screen`] : []),
      ...this.troubles,
    ]
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).first().innerText({ timeout: 10_000 })
  }

  close(): Promise<void> {
    return this.#browser.close()
  }
}
