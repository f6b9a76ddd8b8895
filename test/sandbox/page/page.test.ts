import type { Client } from 'discord.js'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LoopbackDiscord } from '../../../src/sandbox/discord/start.ts'
import { startBot } from './bot.ts'
import { hasChromium, launch, type Visit, visit } from './browser.ts'
import { addressOf, channelLink, entry, type PersonName, say, seen, startWorld } from './stage.ts'

let discord: LoopbackDiscord
let bot: Client<true>
let browser: Browser
const visits: Visit[] = []

const come = async (person: PersonName = 'player', options?: Parameters<typeof visit>[2]): Promise<Page> => {
  const seen = await visit(browser, addressOf(discord, person), options)
  visits.push(seen)
  return seen.page
}

describe.skipIf(!hasChromium())('the page, with a bot', () => {
  beforeAll(async () => {
    discord = await startWorld()
    ;[bot, browser] = await Promise.all([startBot(discord.apiUrl, discord.token), launch()])
  })

  afterEach(async () => {
    for (const { page, trouble } of visits.splice(0)) {
      await page.context().close()
      expect(trouble).toEqual([])
    }
  })

  afterAll(async () => {
    await browser?.close()
    await bot?.destroy()
    await discord?.close()
  })

  it('sends a message that another person sees, with its marks', async () => {
    const [mara, tomas] = await Promise.all([come('player'), come('second')])
    await say(mara, 'Good **evening**, <b>everyone</b>')
    const there = entry(tomas, 'Good evening, <b>everyone</b>')
    await seen(there)
    expect(await there.locator('strong').textContent()).toBe('evening')
    expect(await mara.locator('#composer').inputValue()).toBe('')
  })

  it('shows an answer grow by edits, and stays at its end', async () => {
    const page = await come()
    await say(page, 'grow')
    await seen(entry(page, 'The lantern swings over the water.'))
    const gap = await page
      .locator('.scroller')
      .evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight)
    expect(gap).toBeLessThan(4)
  })

  it('runs a command with typed options by the keyboard alone', async () => {
    const page = await come()
    await page.locator('#composer').focus()
    await page.keyboard.type('/dem')
    await seen(page.locator('[role=option]').first())
    const chosen = () => page.locator('[role=option][aria-selected=true] .pick-name').textContent()
    expect(await chosen()).toContain('/demo start')
    await page.keyboard.press('ArrowUp')
    expect(await chosen()).toContain('/demo echo')
    await page.keyboard.press('Tab')
    await seen(page.locator('#option-text:focus'))
    await page.keyboard.press('Enter')
    await seen(page.locator('#option-text-error'))
    await page.keyboard.type('hello')
    await page.keyboard.press('Tab')
    await page.keyboard.type('9')
    await page.keyboard.press('Enter')
    expect(await page.locator('#option-times-error').textContent()).toBe('At most 3.')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    const answer = entry(page, 'Echo: hello 2')
    await seen(answer)
    expect(await answer.locator('discord-message').textContent()).toContain('used /demo echo')
    await seen(page.locator('#composer:focus'))
  })

  it('opens a form, keeps the focus in it, checks it, and follows the thread that it made', async () => {
    const page = await come()
    await page.locator('#composer').focus()
    await page.keyboard.type('/demo start')
    await page.keyboard.press('Enter')
    await seen(page.locator('dialog [id="field-title"]:focus'))
    for (let press = 0; press < 12; press += 1) await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
    await page.locator('#field-title').focus()
    await page.keyboard.press('Enter')
    await seen(page.locator('#field-title-error'))
    await page.keyboard.type('The Lantern')
    await page.locator('#field-premise').fill('abc')
    await page.getByRole('button', { name: 'Submit' }).click()
    expect(await page.locator('#field-premise-error').textContent()).toContain('At least 5')
    await page.locator('#field-premise').fill('A lake, and mist on it.')
    await page.getByRole('button', { name: 'Submit' }).click()
    await seen(page.locator('.title-text', { hasText: 'The Lantern' }))
    await seen(entry(page, 'It begins. A lake, and mist on it.'))
    const hash = new URL(page.url()).hash
    await page.reload()
    await seen(page.locator('.title-text', { hasText: 'The Lantern' }))
    expect(await page.locator('.side .unread').count()).toBe(0)
    expect(new URL(page.url()).hash).toBe(hash)
    await channelLink(page, 'stories').click()
    await seen(entry(page, 'started a thread: The Lantern'))
  })

  it('opens a form only in the tab that asked, and closes it with Escape', async () => {
    const [page, other] = await Promise.all([come(), come()])
    await say(page, '/demo start')
    await seen(page.locator('dialog'))
    await say(other, 'This tab is free')
    await seen(entry(other, 'This tab is free'))
    expect(await other.locator('dialog').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await seen(page.locator('#composer:focus'))
  })

  it('gives a form back with its text when the bot does not answer it', async () => {
    const page = await come()
    await say(page, '/demo start')
    await page.locator('#field-title').fill('silence')
    await page.locator('#field-premise').fill('Nobody answers here.')
    await page.getByRole('button', { name: 'Submit' }).click()
    await seen(page.locator('dialog .error', { hasText: 'Something went wrong' }))
    expect(await page.locator('#field-premise').inputValue()).toBe('Nobody answers here.')
    await page.keyboard.press('Escape')
  })

  it('shows thinking, then an ephemeral that only this person sees and can dismiss', async () => {
    const [mara, tomas] = await Promise.all([come('player'), come('second')])
    await say(mara, '/demo slow')
    await seen(mara.locator('.waiting', { hasText: 'is thinking' }))
    const answer = entry(mara, 'Thought through.')
    await seen(answer)
    expect(await mara.locator('.waiting').count()).toBe(0)
    expect(await entry(tomas, 'Thought through.').count()).toBe(0)
    await answer.getByText('Dismiss message').click()
    await answer.waitFor({ state: 'detached' })
  })

  it('presses buttons, which the bot then disables', async () => {
    const page = await come()
    await say(page, '/demo buttons')
    const message = entry(page, 'Choose:')
    await seen(message)
    expect(await message.locator('discord-embed').count()).toBe(1)
    await message.getByRole('button', { name: 'Keep' }).click()
    await seen(entry(page, 'Chosen: keep'))
    await seen(entry(page, 'Chosen: keep').locator('page-button[disabled]').first())
    expect(await entry(page, 'Chosen: keep').getByRole('button', { name: 'Keep' }).isDisabled()).toBe(true)
  })

  it('says when a command is not answered', async () => {
    const page = await come()
    await say(page, '/demo silent')
    const failure = page.locator('.failure', { hasText: 'The application did not respond' })
    await seen(failure)
    await failure.getByRole('button', { name: 'Dismiss message' }).click()
    await failure.waitFor({ state: 'detached' })
  })

  it('edits with ArrowUp, marks it, replies and deletes', async () => {
    const [mara, tomas] = await Promise.all([come('player'), come('second')])
    await say(mara, 'I wil come')
    await seen(entry(mara, 'I wil come'))
    await mara.keyboard.press('ArrowUp')
    await seen(mara.locator('.editor textarea:focus'))
    await mara.keyboard.press('Home')
    await mara.keyboard.press('Shift+End')
    await mara.keyboard.type('I will come')
    await mara.keyboard.press('Enter')
    const edited = entry(tomas, 'I will come')
    await seen(edited.getByText('(edited)'))
    await edited.hover()
    await edited.getByRole('button', { name: 'Reply' }).click()
    await say(tomas, 'Good')
    await seen(entry(mara, 'Good').locator('discord-reply', { hasText: 'I will come' }))
    const own = mara.locator('.entry[data-id]', { hasText: 'I will come' }).first()
    await own.hover()
    await own.getByRole('button', { name: 'Delete' }).click()
    await mara.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await seen(entry(mara, 'Good').locator('discord-reply', { hasText: 'Original message was deleted' }))
    expect(await mara.locator('.entry[data-id]', { hasText: 'I will come' }).count()).toBe(0)
  })

  it('makes a newcomer the first person, in a channel to write in, and says what to do', async () => {
    const seenPage = await visit(browser, discord.origin)
    visits.push(seenPage)
    const { page } = seenPage
    await seen(page.locator('#person', { hasText: 'Mara' }))
    await channelLink(page, 'lounge').click()
    await page.locator('.command-link', { hasText: '/demo start' }).click()
    expect(await page.locator('#composer').inputValue()).toBe('/demo start')
  })

  it('asks the server whom to be when it no longer knows the remembered person', async () => {
    const seenPage = await visit(browser, `${discord.origin}/?as=123456789012345678`)
    visits.push(seenPage)
    await seen(seenPage.page.locator('#person', { hasText: 'Mara' }))
  })

  it('becomes someone else, and stays so', async () => {
    const page = await come()
    await page.locator('#person').click()
    await page.getByRole('menuitemradio', { name: /Iris/ }).click()
    await seen(page.locator('#person', { hasText: 'Iris' }))
    await say(page, 'From the admin')
    await seen(entry(page, 'From the admin'))
    expect(await channelLink(page, 'staff').count()).toBe(1)
    await page.reload()
    await seen(page.locator('#person', { hasText: 'Iris' }))
  })

  it('marks what is unread elsewhere, and shows reactions', async () => {
    const [mara, tomas] = await Promise.all([come('player'), come('second')])
    await channelLink(tomas, 'lounge').click()
    await say(tomas, 'react')
    await seen(entry(tomas, 'react').locator('discord-reaction'))
    const unread = mara.locator('.side .channel.unread', { hasText: 'lounge' })
    await seen(unread)
    await unread.click()
    await seen(entry(mara, 'react'))
    expect(await mara.locator('.side .channel.unread', { hasText: 'lounge' }).count()).toBe(0)
  })

  it('keeps the reader’s place further up, counts what is new, and loads what is older', async () => {
    const writer = discord.person(discord.ids.people.second)
    for (let count = 0; count < 80; count += 1) writer.send(discord.ids.channels.lounge, `Line ${count}`)
    const page = await come()
    await channelLink(page, 'lounge').click()
    await seen(entry(page, 'Line 79'))
    const scroller = page.locator('.scroller')
    await scroller.hover()
    await page.mouse.wheel(0, -600)
    await page.waitForTimeout(300)
    const place = () => entry(page, 'Line 60').evaluate((line) => line.getBoundingClientRect().top)
    const before = await place()
    writer.send(discord.ids.channels.lounge, 'One more')
    await seen(page.locator('.jump', { hasText: '1 new message' }))
    expect(Math.abs((await place()) - before)).toBeLessThan(2)
    await page.mouse.wheel(0, -6_000)
    await seen(entry(page, 'Line 5'))
    await page.locator('.jump').click()
    await page.locator('.jump').waitFor({ state: 'detached' })
    expect(await entry(page, 'One more').isVisible()).toBe(true)
  })

  it('keeps what could not be sent, and says why', async () => {
    const page = await come()
    await say(page, 'x'.repeat(2_001))
    expect(await page.locator('#composer-error').textContent()).toContain('2000')
    await page.locator('#composer').fill('')
    await page.evaluate(() => {
      WebSocket.prototype.send = function (this: WebSocket, data) {
        const { id } = JSON.parse(String(data))
        const data_ = JSON.stringify({ type: 'reply', id, ok: false, error: 'The channel is closed.' })
        this.dispatchEvent(new MessageEvent('message', { data: data_ }))
      }
    })
    await say(page, 'Still here')
    await seen(page.locator('#composer-error', { hasText: 'Not sent. The channel is closed.' }))
    expect(await page.locator('#composer').inputValue()).toBe('Still here')
  })

  it('fits a phone: no sideways scrolling, large targets, channels behind a button', async () => {
    const page = await come('player', {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    await page.getByRole('button', { name: /^Channels/ }).tap()
    await channelLink(page, 'stories').tap()
    await say(page, `A ${'very'.repeat(40)} long word`)
    await page.getByRole('button', { name: 'Send' }).tap()
    await seen(entry(page, 'long word'))
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide).toBeLessThanOrEqual(0)
    const small = await page.locator('button:visible').evaluateAll((buttons) =>
      buttons
        .filter((button) => !button.matches('.link, .mention, .reply-link, .command-link'))
        .map((button) => ({
          name: button.getAttribute('aria-label') ?? button.textContent,
          box: button.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0 && (box.height < 40 || box.width < 40))
        .map(({ name }) => name?.trim()),
    )
    expect(small).toEqual([])
    const composer = await page.locator('#composer').boundingBox()
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeLessThanOrEqual(844)
  })
})
