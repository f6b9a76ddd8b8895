import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LoopbackDiscord } from '../../../src/sandbox/discord/start.ts'
import { request } from '../discord/stage.ts'
import { hasChromium, launch, type Visit, visit } from './browser.ts'
import { faintTexts } from './contrast.ts'
import { addressOf, channelLink, entry, seen, startWorld } from './stage.ts'

const WARNING = 'The model connection “desk” refused its **key**.'
const REFUSAL = 'Skein does not read direct messages. Write to it in a story’s thread.'
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let discord: LoopbackDiscord
let browser: Browser
let visits: Visit[]

const come = async (options?: Parameters<typeof visit>[2]): Promise<Page> => {
  const visited = await visit(browser, addressOf(discord, 'admin'), options)
  visits.push(visited)
  return visited.page
}

/** The bot writes to Iris. */
const tell = async (content: string) => {
  const { body } = await request(discord, 'POST', '/users/@me/channels', {
    recipient_id: discord.ids.people.admin,
  })
  await request(discord, 'POST', `/channels/${body.id}/messages`, { content })
}

const section = (page: Page) => page.getByRole('list', { name: 'Direct messages' })
const direct = (page: Page) => section(page).getByRole('link', { name: 'Skein' })

describe.skipIf(!hasChromium())('direct messages on the page', () => {
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    visits = []
    discord = await startWorld()
  })
  afterEach(async () => {
    for (const { page, trouble } of visits) {
      await page.context().close()
      expect(trouble).toEqual([])
    }
    await discord.close()
  })

  it('have a section once there are any, are marked until they are opened, and can be read', async () => {
    const page = await come()
    expect(await section(page).count()).toBe(0)
    await tell(WARNING)
    await seen(page.locator('.side .channel.unread', { hasText: 'Skein' }))
    await direct(page).click()
    await seen(page.getByRole('heading', { level: 1, name: 'Skein' }))
    expect(await entry(page, 'refused its key').locator('strong', { hasText: 'key' }).count()).toBe(1)
    expect(await page.title()).toBe('@Skein · Skein')
    expect(await page.locator('.side .channel.unread').count()).toBe(0)
    await channelLink(page, 'lounge').click()
    await tell('And now the other one.')
    await seen(page.locator('.side .channel.unread', { hasText: 'Skein' }))
    await page.reload()
    await seen(page.locator('.side .channel.unread', { hasText: 'Skein' }))
  })

  it('are marked at a first visit too, though all else counts as read then', async () => {
    await tell(WARNING)
    const page = await come()
    await seen(direct(page))
    expect(await page.locator('.side .channel.unread').allInnerTexts()).toEqual([
      expect.stringMatching(/^Skein/),
    ])
  })

  it('cannot be written in, and say why; a message in them can be copied, and no app be used on it', async () => {
    await tell(WARNING)
    await request(discord, 'PUT', `/applications/${discord.ids.bot}/commands`, [{ name: 'Pin', type: 3 }])
    const page = await come()
    await direct(page).click()
    await seen(page.getByText(REFUSAL))
    expect(await page.locator('#composer').count()).toBe(0)
    await entry(page, 'refused its').click({ button: 'right', position: { x: 120, y: 30 } })
    await seen(page.getByRole('menuitem', { name: 'Copy text' }))
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Copy text'])
  })

  it('are reached with the keys after the last channel, and stay open over a reload', async () => {
    await tell(WARNING)
    const page = await come()
    await channelLink(page, 'welcome').click()
    await page.keyboard.press('Alt+ArrowUp')
    await seen(page.getByText(REFUSAL))
    await page.reload()
    await seen(entry(page, 'refused its'))
  })

  it.each([
    ['dark', 'a desktop', {}],
    ['light', 'a desktop', {}],
    ['dark', 'a phone', PHONE],
    ['light', 'a phone', PHONE],
  ] as const)('can be read in %s on %s', async (colorScheme, _device, options) => {
    await tell(WARNING)
    const page = await come({ colorScheme, ...options })
    const menu = page.getByRole('button', { name: /^Channels/ })
    if (await menu.isVisible()) await menu.click()
    const check = async () => {
      expect(await faintTexts(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
    }
    await direct(page).scrollIntoViewIfNeeded()
    await check()
    await direct(page).click()
    await seen(page.getByText(REFUSAL))
    await seen(entry(page, 'refused its'))
    await check()
  })
})
