import type { Locator, Page } from 'playwright-core'
import { silentLogger } from '../../../src/kit/logger.ts'
import { type LoopbackDiscord, startDiscord } from '../../../src/sandbox/discord/start.ts'
import { mountPage } from '../../../src/sandbox/page/mount.ts'

export type PersonName = keyof LoopbackDiscord['ids']['people']

/** A loopback Discord that serves the page. */
export const startWorld = (port = 0): Promise<LoopbackDiscord> =>
  startDiscord({
    port,
    log: silentLogger(),
    mount: mountPage,
    notice: () => 'This is a **loopback Discord**.',
  })

/** The page's address for one person. */
export const addressOf = (discord: LoopbackDiscord, person: PersonName): string =>
  `${discord.origin}/?as=${discord.ids.people[person]}`

export const say = async (page: Page, text: string): Promise<void> => {
  await page.locator('#composer').fill(text)
  await page.locator('#composer').press('Enter')
}

/** The newest message with this text. */
export const entry = (page: Page, text: string): Locator =>
  page.locator('.entry[data-id]', { hasText: text }).last()

export const channelLink = (page: Page, name: string): Locator =>
  page.locator('.side .channel', { hasText: name })

export const seen = (locator: Locator): Promise<void> => locator.waitFor({ timeout: 8_000 })
