import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const EXECUTABLE = process.env.SKEIN_CHROMIUM ?? '/usr/bin/chromium'

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Whether these tests can run here; says why, where they cannot. */
export const hasChromium = (): boolean => {
  const there = existsSync(EXECUTABLE)
  if (!there) console.log(`The page's browser tests are skipped: there is no Chromium at ${EXECUTABLE}.`)
  return there
}

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: EXECUTABLE, args: ARGS })

export type Visit = {
  readonly page: Page
  /** What the page asked of any other origin, and what it complained about: both must stay empty. */
  readonly trouble: string[]
}

/** Opens the page in a browser profile of its own. */
export const visit = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  const trouble: string[] = []
  const { origin } = new URL(url)
  page.on('request', (request) => {
    const asked = request.url()
    if (!asked.startsWith(origin) && !asked.startsWith('data:')) trouble.push(asked)
  })
  page.on('pageerror', (error) => trouble.push(error.message))
  await page.goto(url)
  await page.locator('#composer, .no-sending').waitFor()
  return { page, trouble }
}
