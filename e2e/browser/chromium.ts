import { type BrowserContext, type Browser as Chromium, chromium } from 'playwright-core'
import { findProgram } from '../debian.ts'

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

const findChromium = (): string =>
  findProgram({
    name: 'Chromium',
    places,
    packages: 'chromium fonts-noto-cjk',
    variable: 'SILIAN_CHROMIUM',
  })

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
// without a locale it can give no file a Chinese name
const env = { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>
const start = (): Promise<Chromium> =>
  chromium.launch({ executablePath: findChromium(), args: flags, headless: true, env })

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
