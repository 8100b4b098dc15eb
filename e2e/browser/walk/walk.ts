import { desk, phone, type Screen } from '../chromium.ts'
import type { Visitor } from '../visitor.ts'

/** What is the same for whoever has it. */
const shared = /\/(inbox|shop|open\/figures|metrics|publicity)$|\/(registers|cases|metrics)\//

/** Pages of one shape that are looked at closely. */
const CLOSE = 4
const both: readonly Screen[] = [phone, desk]

/** Goes over pages and answers what was found on them; a page that was seen is looked at again only for errors. */
export class Walk {
  readonly #shows: Readonly<Record<string, string>>
  readonly #seen = new Set<string>()
  /** Shape → how many pages of it there were. */
  readonly #shapes = new Map<string, number>()

  constructor(shows: Readonly<Record<string, string>>) {
    this.#shows = shows
  }

  /** Home, and whatever the side of the desk leads to. */
  async desk(visitor: Visitor): Promise<string[]> {
    const found = await this.pages(visitor, ['/home'])
    const links = visitor.page.locator('.side a.nav-link')
    const paths = (await links.evaluateAll(all => all.map(one => one.getAttribute('href') ?? '')))
      .map(href => href.replace(/^\/p\/\w+/, ''))
      .filter(path => path !== '/home')
    return [...found, ...(await this.pages(visitor, paths))]
  }

  async pages(visitor: Visitor, paths: readonly string[]): Promise<string[]> {
    const found: string[] = []
    for (const path of paths) {
      const known = this.#seen.has(path)
      this.#seen.add(path)
      if (!known && this.#isAlike(path)) found.push(...(await this.#glance(visitor, path)))
      else if (!known) found.push(...(await this.#all(visitor, path)))
      else if (!shared.test(path)) found.push(...(await this.#glance(visitor, path)))
    }
    return found
  }

  /** What is on the screen, at both widths; axe, which takes longest, may be asked at one of them only. */
  async here(visitor: Visitor, axeAt = both): Promise<string[]> {
    const found: string[] = []
    for (const screen of both) {
      await visitor.page.setViewportSize(screen)
      await visitor.still()
      found.push(...(await (axeAt.includes(screen) ? visitor.findings() : visitor.marks())))
    }
    visitor.troubles.length = 0
    return found
  }

  /** Of pages that differ in their words alone a few are looked at closely. */
  #isAlike(path: string): boolean {
    return (
      /^\/metrics\//.test(path) && [...this.#seen].filter(one => one.startsWith('/metrics/')).length > CLOSE
    )
  }

  async #glance(visitor: Visitor, path: string): Promise<string[]> {
    await visitor.go(path)
    return this.#named(visitor, path, () => visitor.marks())
  }

  /** The page, and of a declared thing its first row, its form and its import. */
  async #all(visitor: Visitor, path: string): Promise<string[]> {
    const found = await this.#look(visitor, path)
    const { page } = visitor
    const to = (end: string) => page.locator(`.page-actions a[href$="${path}${end}"]`).count()
    if (/^\/registers\/\w+$/.test(path)) {
      const makes = (await page.locator('.page-actions button:has-text("新增")').count()) > 0
      const imports = (await to('/imports')) > 0
      const row = page.locator('.row-open:visible').first()
      if ((await row.count()) > 0) {
        await row.click()
        await page.waitForSelector('.overlay .trail li')
        found.push(
          ...(await this.#named(visitor, `${path} row`, () =>
            this.here(visitor, this.#widthsFor(`${path} row`)),
          )),
        )
      }
      if (makes) found.push(...(await this.#look(visitor, `${path}?new=1`)))
      if (imports && !this.#seen.has('/imports'))
        found.push(...(await this.#look(visitor, `${path}/imports`)))
      if (imports) this.#seen.add('/imports')
    }
    if (/^\/cases\/\w+$/.test(path) && (await to('/new')) > 0)
      found.push(...(await this.#look(visitor, `${path}/new`)))
    return found
  }

  async #look(visitor: Visitor, path: string): Promise<string[]> {
    await visitor.go(path)
    const word = this.#shows[path] ?? ''
    const isShown = (await visitor.text('main')).includes(word)
    const lacks = isShown ? [] : [`${path}: does not show ${word}`]
    return [...lacks, ...(await this.#named(visitor, path, () => this.here(visitor, this.#widthsFor(path))))]
  }

  /** Pages made of the same parts in other words: after the first few, axe sees them at a phone and at a desk in turn. */
  #widthsFor(path: string): readonly Screen[] {
    const shape = path.replace(/^\/(registers|cases)\/\w+/, '/$1')
    if (shape === path) return both
    const before = this.#shapes.get(shape) ?? 0
    this.#shapes.set(shape, before + 1)
    return before < CLOSE ? both : [both[before % 2]!]
  }

  async #named(visitor: Visitor, path: string, look: () => Promise<string[]>): Promise<string[]> {
    const found = await look()
    visitor.troubles.length = 0
    return [...new Set(found)].map(one => `${visitor.name} ${path}: ${one}`)
  }
}
