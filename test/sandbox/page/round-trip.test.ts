import { readFile } from 'node:fs/promises'
import type { Client } from 'discord.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LoopbackDiscord } from '../../../src/sandbox/discord/start.ts'
import { startBot } from './bot.ts'
import { hasChromium, launch, type Visit, visit } from './browser.ts'
import { addressOf, entry, say, seen, startWorld } from './stage.ts'

/** One blue pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNQcYoHAAGCAOeiNnKFAAAAAElFTkSuQmCC',
  'base64',
)

let discord: LoopbackDiscord
let bot: Client<true>
let browser: Browser
let visited: Visit

const come = async (): Promise<Page> => {
  visited = await visit(browser, addressOf(discord, 'player'))
  return visited.page
}

describe.skipIf(!hasChromium())('the page, with a bot that takes files, proposes choices and quotes', () => {
  beforeAll(async () => {
    discord = await startWorld()
    ;[bot, browser] = await Promise.all([startBot(discord.apiUrl, discord.token), launch()])
  })

  afterEach(async () => {
    await visited.page.context().close()
    expect(visited.trouble).toEqual([])
  })

  afterAll(async () => {
    await browser?.close()
    await bot?.destroy()
    await discord?.close()
  })

  it('hands the bot a file and a choice of its own, and shows what comes back', async () => {
    const page = await come()
    await say(page, '/demo bring')
    await page.locator('#option-whose').pressSequentially('var')
    await page.getByRole('option', { name: 'Ilse Varn' }).click()
    await page.setInputFiles('#option-file', { name: 'dot.png', mimeType: 'image/png', buffer: PNG })
    await page.getByRole('button', { name: 'Run command' }).click()
    const answer = entry(page, 'Brought by ILSE VARN')
    const picture = answer.getByRole('img', { name: 'What ILSE VARN brought' })
    await seen(picture)
    await expect
      .poll(() => picture.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth))
      .toBe(1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      answer.getByRole('link', { name: 'Download note.txt, 17 bytes' }).click(),
    ])
    expect(await readFile(await download.path(), 'utf8')).toBe('dot.png: 69 bytes')
  })

  it('uses a command of a message’s menu', async () => {
    const page = await come()
    await say(page, 'The lake is frozen.')
    await entry(page, 'The lake is frozen.').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Apps' }).click()
    await page.getByRole('menuitem', { name: 'Quote this' }).click()
    const answer = page.locator('.entry', { has: page.locator('discord-quote') })
    await seen(answer.filter({ hasText: 'used Quote this' }))
    expect(await answer.locator('discord-quote').innerText()).toBe('The lake is frozen.')
  })
})
