import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mountPage } from '../../src/sandbox/page/mount.ts'
import { FORM } from '../doubles/player.ts'
import { hasChromium, launch, visit } from '../sandbox/page/browser.ts'
import { addressOf, channelLink, entry, say, seen } from '../sandbox/page/stage.ts'
import { startWorld, type World } from './world.ts'

describe.skipIf(!hasChromium())('a story played in a browser', () => {
  let world: World
  let browser: Browser
  beforeAll(async () => {
    ;[world, browser] = await Promise.all([startWorld({ discord: { mount: mountPage } }), launch()])
  })
  afterAll(async () => {
    await browser?.close()
    await world?.close()
  })

  test.each([
    ['a desktop', { width: 1440, height: 900 }],
    ['a phone', { width: 390, height: 844 }],
  ])('on %s: start, speak, be answered, stop, try another person’s eyes', async (_what, viewport) => {
    const { page, trouble } = await visit(browser, addressOf(world.discord, 'player'), { viewport })
    const title = `${FORM.title} ${viewport.width}`

    await page.locator('#composer').focus()
    await page.keyboard.type('/story start')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.getByLabel('Title').fill(title)
    await page.getByLabel('A character you meet').fill('Mira, the keeper’s daughter')
    await page.getByLabel('Who you play').fill(FORM.you)
    await page.getByRole('button', { name: 'Submit' }).click()

    // The page follows into the thread that opens, where the opening is told.
    await page.getByRole('heading', { name: title }).first().waitFor()
    await say(page, '"Mira, who put out the light?" ((typed on a train))')
    const answer = entry(page, 'Mira').filter({ has: page.locator('strong', { hasText: /^Mira$/ }) })
    await seen(answer)
    expect(JSON.stringify(world.prose().at(-1)?.body)).not.toContain('train')

    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await say(page, '*opens the oil locker*')
    await page.getByRole('button', { name: 'Stop' }).click()
    await seen(entry(page, 'Stopped here.'))
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    expect(trouble).toEqual([])
    await page.context().close()

    const other = await visit(browser, addressOf(world.discord, 'second'))
    await channelLink(other.page, title).click()
    await seen(entry(other.page, 'Stopped here.'))
    await other.page.context().close()
  })
})
