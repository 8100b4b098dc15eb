import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type BrowserContext, type Browser as Chromium, chromium } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const install = 'apt-get update && apt-get install -y chromium fonts-noto-cjk'

/** Where a Chromium is; installs Debian's when we are root and there is none. */
export function findChromium(): string {
  const given = process.env.SILIAN_CHROMIUM
  const found = given ? [given].find(existsSync) : places.find(existsSync)
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    execFileSync('sh', ['-c', install], { stdio: 'ignore' })
    const installed = places.find(existsSync)
    if (installed) return installed
  }
  throw new Error(`no Chromium here; install one: sudo sh -c '${install}', or name it in SILIAN_CHROMIUM`)
}

export interface Screen {
  readonly width: number
  readonly height: number
}

export const phone: Screen = { width: 390, height: 844 }
export const desk: Screen = { width: 1440, height: 900 }
export const screens: readonly (readonly [string, Screen])[] = [
  ['phone', phone],
  ['desk', desk],
]

let running: Promise<Chromium> | undefined
const start = (): Promise<Chromium> =>
  chromium.launch({ executablePath: findChromium(), args: flags, headless: true })

/** Somebody's own browser: it shares nothing with another's but the program that runs them. */
export async function openBrowser(screen: Screen): Promise<BrowserContext> {
  running ??= start()
  const browser = await running
  return browser.newContext({
    viewport: screen,
    hasTouch: screen.width < 600,
    locale: 'zh-CN',
    timezoneId: 'UTC',
  })
}

/** Closes everybody's. */
export async function closeBrowsers(): Promise<void> {
  const browser = await running
  running = undefined
  await browser?.close()
}
