import type { Client } from 'discord.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LoopbackDiscord } from '../../../src/sandbox/discord/start.ts'
import { startBot } from './bot.ts'
import { hasChromium, launch, visit } from './browser.ts'
import { faintTexts } from './contrast.ts'
import { addressOf, channelLink, entry, say, seen, startWorld } from './stage.ts'

const MARKS = [
  '**bold** *italic* __under__ ~~gone~~ ||secret|| `code` https://example.com <t:1700000000:R> @everyone',
  '> quoted',
  '- one\n  - two',
  '## Heading',
  '-# small print',
  '```js\nconst fenced = true\n```',
].join('\n')

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

let discord: LoopbackDiscord
let bot: Client<true>
let browser: Browser

/** Lets one of everything stand in a channel, so that the page has it all to show. */
const furnish = async (page: Page): Promise<void> => {
  const { ids } = discord
  const [mara, tomas] = [discord.person(ids.people.player), discord.person(ids.people.second)]
  const first = mara.send(ids.channels.stories, MARKS)
  tomas.send(ids.channels.stories, `<@${ids.people.player}> in <#${ids.channels.lounge}>`, {
    replyTo: first.id,
  })
  tomas.send(ids.channels.lounge, 'Unread')
  await say(page, '/demo buttons')
  await seen(entry(page, 'Choose:'))
  await say(page, '/demo echo')
  await page.locator('#option-text').fill('quietly')
  await page.keyboard.press('Enter')
  await seen(entry(page, 'Echo: quietly'))
}

describe.skipIf(!hasChromium())('the look of the page', () => {
  beforeAll(async () => {
    discord = await startWorld()
    ;[bot, browser] = await Promise.all([startBot(discord.apiUrl, discord.token), launch()])
    const { page } = await visit(browser, addressOf(discord, 'player'))
    await furnish(page)
    await page.context().close()
  })

  afterAll(async () => {
    await browser?.close()
    await bot?.destroy()
    await discord?.close()
  })

  const cases = (['dark', 'light'] as const).flatMap((theme) =>
    SIZES.map((viewport) => ({ theme, viewport })),
  )

  it.each(cases)('can be read in $theme at $viewport.width px, and fits', async ({ theme, viewport }) => {
    const { page, trouble } = await visit(browser, addressOf(discord, 'player'), {
      viewport,
      colorScheme: theme,
    })
    await seen(entry(page, 'Choose:'))
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme)
    const check = async (what: string): Promise<void> => {
      expect({ what, faint: await faintTexts(page) }).toEqual({ what, faint: [] })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect({ what, wide }).toEqual({ what, wide: 0 })
    }
    await check('channel')
    await page.locator('#composer').fill('/')
    await check('picker')
    await page.locator('#composer').fill('/demo echo')
    await page.keyboard.press('Enter')
    await seen(page.locator('#option-text:focus'))
    await page.keyboard.press('Enter')
    await check('options')
    await page.keyboard.press('Escape')
    await page.locator('#composer').fill('/demo bring')
    await page.keyboard.press('Enter')
    await seen(page.locator('.suggestions .pick').first())
    await page.keyboard.press('ArrowDown')
    await page.setInputFiles('#option-file', {
      name: 'note.txt',
      mimeType: 'text/plain',
      buffer: Buffer.alloc(9),
    })
    // A file that was chosen takes the focus, for it can be taken back at once.
    await seen(page.locator('#option-file-remove:focus'))
    await page.locator('#option-whose').focus()
    await seen(page.locator('.suggestions .pick').first())
    await check('choices and a file')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await entry(page, 'Choose:').click({ button: 'right', position: { x: 120, y: 30 } })
    await seen(page.locator('[role=menuitem]:focus'))
    await check('menu')
    await page.getByRole('menuitem', { name: 'Apps' }).click()
    await seen(page.locator('[role=menuitem]:focus', { hasText: 'Quote this' }))
    await check('apps')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await say(page, '/demo start')
    await seen(page.locator('dialog'))
    await page.keyboard.press('Enter')
    await page.waitForTimeout(300)
    await check('form')
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    if (viewport.width < 700) await page.getByRole('button', { name: /^Channels/ }).click()
    await page.locator('#person').click()
    await page.waitForTimeout(300)
    await check('people')
    expect(trouble).toEqual([])
    await page.context().close()
  })

  it('changes its theme by a button, and remembers it', async () => {
    const { page } = await visit(browser, addressOf(discord, 'player'), { colorScheme: 'dark' })
    await page.getByRole('button', { name: 'Switch to the light theme' }).click()
    await page.reload()
    await seen(page.getByRole('button', { name: 'Switch to the dark theme' }))
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
      'rgb(255, 255, 255)',
    )
    await page.context().close()
  })

  it('can be gone through with the keyboard, and starts with a way to the message box', async () => {
    const { page } = await visit(browser, addressOf(discord, 'player'))
    await page.keyboard.press('Tab')
    await seen(page.locator('.skip:focus'))
    await page.keyboard.press('Enter')
    await seen(page.locator('#composer:focus'))
    await channelLink(page, 'lounge').focus()
    await page.keyboard.press('Enter')
    await seen(page.locator('.title-text', { hasText: 'lounge' }))
    await page.keyboard.press('Alt+ArrowUp')
    await seen(page.locator('.title-text', { hasText: 'stories' }))
    await page.locator('.scroller').focus()
    await page.keyboard.press('ArrowUp')
    await seen(page.locator('.entry:focus'))
    await page.context().close()
  })
})
