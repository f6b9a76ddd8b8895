import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch } from './browser.ts'
import { faintTexts } from './contrast.ts'
import { message, openScripted, type Scripted, type Served, servePage } from './scripted.ts'
import { entry, seen } from './stage.ts'

const OPTIONS = [
  { label: 'Ilse', value: 'ilse', description: 'The keeper', emoji: { name: '🕯️' } },
  { label: 'Tomas', value: 'tomas' },
  { label: 'Bren', value: 'bren' },
]

const ROWS: APIMessageTopLevelComponent[] = [
  {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Primary,
        custom_id: 'on',
        label: 'Go on',
        emoji: { name: '▶️' },
      },
      { type: ComponentType.Button, style: ButtonStyle.Secondary, custom_id: 'again', emoji: { name: '🔁' } },
      {
        type: ComponentType.Button,
        style: ButtonStyle.Danger,
        custom_id: 'x',
        label: 'Stop',
        disabled: true,
      },
    ],
  },
  {
    type: ComponentType.ActionRow,
    components: [
      { type: ComponentType.StringSelect, custom_id: 'who', placeholder: 'Who speaks?', options: OPTIONS },
    ],
  },
  {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: 'present',
        placeholder: 'Who is here?',
        min_values: 1,
        max_values: 2,
        options: OPTIONS,
      },
    ],
  },
]

let browser: Browser
let served: Served
let scripted: Scripted

const messages = () => {
  const picture = { content_type: 'image/png', width: 1200, height: 800 }
  const lake = served.file('lake.png', { ...picture, description: 'A lake under the moon' })
  return [
    message({ content: 'The ~~old~~ lake', attachments: [lake, served.file('notes.md', { size: 12_345 })] }),
    message({
      content: 'A card',
      attachments: [served.file('portrait.png', picture)],
      embeds: [
        {
          title: 'Ilse',
          description: '> a quote\n-# small\n~~gone~~',
          image: { url: 'attachment://portrait.png' },
        },
      ],
    }),
    message({ content: 'Choose:', components: ROWS }),
  ]
}

const come = async (options?: Parameters<typeof openScripted>[3]): Promise<Page> => {
  scripted = await openScripted(browser, served.origin, { messages: messages() }, options)
  await seen(entry(scripted.page, 'Choose:'))
  return scripted.page
}

describe.skipIf(!hasChromium())('the parts of a message', () => {
  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launch(), servePage()])
  })

  afterEach(() => scripted.close())

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('are a picture in its bounds, which a press shows in full', async () => {
    const page = await come()
    const picture = entry(page, 'lake').getByRole('img', { name: 'A lake under the moon' })
    expect(await picture.boundingBox()).toMatchObject({ width: 400 })
    await picture.click()
    const dialog = page.getByRole('dialog', { name: 'lake.png' })
    const full = await dialog.getByRole('img', { name: 'A lake under the moon' }).boundingBox()
    expect(full?.width).toBeGreaterThan(800)
    expect(await dialog.getByRole('link', { name: 'Open in a new tab' }).getAttribute('href')).toBe(
      `${served.origin}/files/lake.png`,
    )
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await seen(page.locator('.entry:focus', { hasText: 'lake' }))
  })

  it('are files with their size, to be downloaded', async () => {
    const page = await come()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download notes.md, 12 KB' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('notes.md')
  })

  it('are embeds with the pictures that came along, which stand there once', async () => {
    const page = await come()
    const card = entry(page, 'A card')
    await seen(card.locator('discord-embed .embed-picture img'))
    expect(await card.locator('img[src$="portrait.png"]').count()).toBe(1)
    expect(await card.locator('discord-quote, discord-subscript, s').allInnerTexts()).toEqual([
      'a quote',
      'small',
      'gone',
    ])
  })

  it('are buttons with emoji in several rows, of which a disabled one does nothing', async () => {
    const page = await come()
    const line = entry(page, 'Choose:')
    await line.getByRole('button', { name: 'Stop' }).click({ force: true })
    await line.getByRole('button', { name: '🔁' }).click()
    expect((await scripted.next('click')).action).toMatchObject({ customId: 'again' })
    expect(scripted.asked('click')).toHaveLength(1)
    await seen(line.getByRole('button', { name: /^▶️\s*Go on$/ }))
  })

  it('are a list of which one is chosen', async () => {
    const page = await come()
    await page.getByLabel('Who speaks?').selectOption({ label: '🕯️ Ilse — The keeper' })
    expect((await scripted.next('click')).action).toMatchObject({ customId: 'who', values: ['ilse'] })
  })

  it('are a list of which several are chosen, no fewer and no more than asked for', async () => {
    const page = await come()
    await page.locator('summary', { hasText: 'Who is here?' }).click()
    const done = page.getByRole('button', { name: 'Done' })
    expect(await done.isDisabled()).toBe(true)
    for (const name of ['Ilse', 'Tomas', 'Bren']) await page.getByLabel(name).check()
    expect(await done.isDisabled()).toBe(true)
    await page.getByLabel('Ilse').uncheck()
    await done.click()
    expect((await scripted.next('click')).action).toMatchObject({
      customId: 'present',
      values: ['tomas', 'bren'],
    })
  })

  const looks = (['dark', 'light'] as const).flatMap((theme) => [
    { theme, width: 1280, height: 800 },
    { theme, width: 390, height: 844 },
  ])

  it.each(looks)('can be read in $theme at $width px, and fit', async ({ theme, width, height }) => {
    const page = await come({ viewport: { width, height }, colorScheme: theme })
    await page.locator('summary').click()
    expect(await faintTexts(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
    const reaching = await page
      .locator('.entry .picture, .entry .file, .entry .select, .entry .select-several form')
      .evaluateAll(
        (parts, right) => parts.filter((part) => part.getBoundingClientRect().right > right).length,
        width,
      )
    expect(reaching).toBe(0)
  })
})
