import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoopbackDiscord } from '../../../src/sandbox/discord/start.ts'
import { startBot } from './bot.ts'
import { hasChromium, launch, visit } from './browser.ts'
import { addressOf, say, seen, startWorld } from './stage.ts'

let browser: Browser

const come = async (discord: LoopbackDiscord): Promise<Page> =>
  (await visit(browser, addressOf(discord, 'player'))).page

describe.skipIf(!hasChromium())('the page, when something is down', () => {
  beforeAll(async () => {
    browser = await launch()
  })

  afterAll(() => browser?.close())

  it('says when the bot is not running, and when it is again', async () => {
    const discord = await startWorld()
    const page = await come(discord)
    await seen(page.locator('.bar.danger', { hasText: 'is not running' }))
    const client = await startBot(discord.apiUrl, discord.token)
    await page.locator('.bar.danger').waitFor({ state: 'detached' })
    await client.destroy()
    await seen(page.locator('.bar.danger'))
    await page.context().close()
    await discord.close()
  })

  it('reconnects by itself', async () => {
    const discord = await startWorld()
    const page = await come(discord)
    const port = Number(new URL(discord.origin).port)
    await discord.close()
    await seen(page.locator('.bar.warning', { hasText: 'Reconnecting' }))
    await say(page, 'Is anyone there?')
    await seen(page.locator('#composer-error', { hasText: 'not connected' }))
    const again = await startWorld(port)
    await page.locator('.bar.warning').waitFor({ state: 'detached', timeout: 15_000 })
    expect(await page.locator('#composer-error').count()).toBe(0)
    await page.context().close()
    await again.close()
  })

  it('comes back with what was said meanwhile, and with the draft in place', async () => {
    const discord = await startWorld()
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.addInitScript(() => {
      const sockets: WebSocket[] = []
      window.WebSocket = class extends WebSocket {
        constructor(url: string | URL) {
          super(url)
          sockets.push(this)
        }
      }
      Object.assign(window, { cut: () => sockets.at(-1)?.close() })
    })
    await page.goto(addressOf(discord, 'player'))
    await page.locator('#composer').fill('half a thought')
    await page.evaluate('cut()')
    await seen(page.locator('.bar.warning'))
    discord.person(discord.ids.people.second).send(discord.ids.channels.stories, 'While you were away')
    await page.locator('.bar.warning').waitFor({ state: 'detached' })
    await seen(page.locator('.entry', { hasText: 'While you were away' }))
    expect(await page.locator('#composer').inputValue()).toBe('half a thought')
    await context.close()
    await discord.close()
  })
})
