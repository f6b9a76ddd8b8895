import { ApplicationCommandType, MessageType } from 'discord-api-types/v10'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch } from './browser.ts'
import {
  CHANNEL,
  command,
  ME,
  message,
  openScripted,
  type Scripted,
  type Served,
  servePage,
} from './scripted.ts'
import { entry, seen } from './stage.ts'

const COMMANDS = [
  command('story'),
  command('Remember this', [], ApplicationCommandType.Message),
  command('Go on from here', [], ApplicationCommandType.Message),
]

const LINE = message({ content: 'The lake is frozen.' })
const OWN = message({ author: ME, content: 'I go https://example.com/ there.' })

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

let browser: Browser
let served: Served
let scripted: Scripted

const come = async (options?: BrowserContextOptions): Promise<Page> => {
  scripted = await openScripted(
    browser,
    served.origin,
    { commands: COMMANDS, messages: [LINE, OWN] },
    options,
  )
  await seen(entry(scripted.page, 'The lake is frozen.'))
  return scripted.page
}

const item = (page: Page, name: string): Locator => page.getByRole('menuitem', { name, exact: true })

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

describe.skipIf(!hasChromium())('the menu of a message', () => {
  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launch(), servePage()])
  })

  afterEach(() => scripted.close())

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('uses an app’s command on the message that was clicked with the right button', async () => {
    const page = await come()
    await entry(page, 'The lake is frozen.').click({ button: 'right' })
    await item(page, 'Apps').click()
    expect(await page.getByRole('menu', { name: 'Apps' }).getByRole('menuitem').allInnerTexts()).toEqual([
      'Apps',
      'Remember this',
      'Go on from here',
    ])
    await item(page, 'Remember this').click()
    const { action, reply } = await scripted.next('messageCommand')
    expect(action).toEqual({
      do: 'messageCommand',
      channel: CHANNEL,
      message: LINE.id,
      name: 'Remember this',
    })
    reply('700000000000000001')
    scripted.tell({
      name: 'message',
      ephemeral: false,
      message: message({
        content: 'Remembered.',
        type: MessageType.ContextMenuCommand,
        interaction_metadata: {
          id: '700000000000000001',
          type: 2,
          user: ME,
          authorizing_integration_owners: {},
          target_message_id: LINE.id,
        },
      }),
    })
    await seen(entry(page, 'Remembered.').locator('discord-reply', { hasText: 'used Remember this' }))
    expect(await page.getByRole('menu').count()).toBe(0)
  })

  it.each(['Shift+F10', 'ContextMenu'])('opens by %s and is gone through by the keys', async (key) => {
    const page = await come()
    const line = entry(page, 'The lake is frozen.')
    await line.focus()
    await page.keyboard.press(key)
    await seen(page.locator('[role=menuitem]:focus', { hasText: 'Reply' }))
    await page.keyboard.press('ArrowUp')
    expect(await focused(page)).toBe('Apps')
    await page.keyboard.press('ArrowRight')
    await seen(page.locator('[role=menuitem]:focus', { hasText: 'Remember this' }))
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('Go on from here')
    await page.keyboard.press('Escape')
    await seen(page.locator('[role=menuitem]:focus', { hasText: 'Reply' }))
    await page.keyboard.press('Escape')
    await seen(page.locator(`#message-${LINE.id}:focus`))
    expect(await page.getByRole('menu').count()).toBe(0)
    await page.keyboard.press(key)
    await seen(page.locator('[role=menuitem]:focus', { hasText: 'Reply' }))
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await seen(page.locator('[role=menuitem]:focus', { hasText: 'Remember this' }))
    await page.keyboard.press('Enter')
    expect((await scripted.next('messageCommand')).action.message).toBe(LINE.id)
  })

  it('opens by the button among the message’s tools, and closes by a click beside it', async () => {
    const page = await come()
    const line = entry(page, 'I go')
    await line.hover()
    await line.getByRole('button', { name: 'More and apps' }).click()
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
      'Reply',
      'Copy text',
      'Edit',
      'Delete',
      'Apps',
    ])
    await page.mouse.click(5, 400)
    await page.getByRole('menu').waitFor({ state: 'detached' })
  })

  it('leaves the focus where its choice takes it', async () => {
    const page = await come()
    const line = entry(page, 'I go')
    await line.click({ button: 'right' })
    await item(page, 'Edit').click()
    await seen(page.locator('.editor textarea:focus'))
    await page.keyboard.press('Escape')
    await line.click({ button: 'right' })
    await item(page, 'Reply').click()
    await seen(page.locator('#composer:focus'))
    await line.click({ button: 'right' })
    await item(page, 'Delete').click()
    await seen(page.getByRole('dialog').getByRole('button', { name: 'Delete' }).and(page.locator(':focus')))
  })

  it('opens under a finger that stays, and chooses nothing when the finger is lifted', async () => {
    const page = await come(PHONE)
    const box = await entry(page, 'I go').boundingBox()
    const touch = await page.context().newCDPSession(page)
    const at = { x: 200, y: (box?.y ?? 0) + 10 }
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
    await seen(page.getByRole('menu'))
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await item(page, 'Apps').tap()
    await seen(item(page, 'Remember this'))
    const boxes = await page
      .getByRole('menuitem')
      .evaluateAll((items) => items.map((one) => one.getBoundingClientRect().toJSON()))
    for (const { left, right, bottom, height } of boxes) {
      expect(height).toBeGreaterThanOrEqual(40)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(390)
      expect(bottom).toBeLessThanOrEqual(844)
    }
    await item(page, 'Go on from here').tap()
    expect((await scripted.next('messageCommand')).action).toMatchObject({
      message: OWN.id,
      name: 'Go on from here',
    })
    expect(await page.locator('.reply-bar').count()).toBe(0)
  })

  it('leaves a link’s own menu to the browser', async () => {
    const page = await come()
    const line = entry(page, 'I go')
    const isOurs = async (target: Locator): Promise<boolean> => {
      const asked = page.evaluate(
        () =>
          new Promise<boolean>((resolve) =>
            addEventListener('contextmenu', (event) => resolve(event.defaultPrevented), { once: true }),
          ),
      )
      await target.click({ button: 'right' })
      return asked
    }
    expect(await isOurs(line.locator('discord-link a'))).toBe(false)
    expect(await isOurs(line.locator('.text').first())).toBe(true)
  })

  it('says so when the command could not be used', async () => {
    const page = await come()
    await entry(page, 'The lake is frozen.').click({ button: 'right' })
    await item(page, 'Apps').click()
    await item(page, 'Remember this').click()
    ;(await scripted.next('messageCommand')).refuse('That message no longer exists.')
    await seen(
      page.locator('#composer-error', {
        hasText: '“Remember this” was not used. That message no longer exists.',
      }),
    )
  })
})
