import {
  type APIMessage,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord-api-types/v10'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch } from './browser.ts'
import { faintTexts } from './contrast.ts'
import { message, openScripted, type Scripted, type Served, servePage } from './scripted.ts'
import { entry, seen } from './stage.ts'

const LONG = 'A label that is as long as Discord lets a button have: eighty characters of it..'

const words = (content: string) => ({ type: ComponentType.TextDisplay as const, content })
const button = (customId: string, label: string) => ({
  type: ComponentType.Button as const,
  style: ButtonStyle.Secondary as const,
  custom_id: customId,
  label,
})

let browser: Browser
let served: Served
let scripted: Scripted

const picture = (name: string) => {
  const url = `${served.origin}/files/${name}`
  return { id: '1', url, proxy_url: url, width: 1200, height: 800, content_type: 'image/png' }
}

const panel = (): APIMessageTopLevelComponent[] => [
  {
    type: ComponentType.Container,
    accent_color: 0x2fb27c,
    components: [
      words('## The lighthouse\n-# Night, and **Mira** is here'),
      { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Large },
      {
        type: ComponentType.Section,
        components: [words('**Mira**'), words('Wary of you.')],
        accessory: {
          type: ComponentType.Thumbnail,
          media: picture('mira.png'),
          description: 'Mira at the lamp',
        },
      },
      {
        type: ComponentType.Section,
        components: [words('**Tomas**')],
        accessory: button('look', 'Look closer'),
      },
      { type: ComponentType.Section, components: [words('**The storm**')], accessory: button('storm', LONG) },
      {
        type: ComponentType.MediaGallery,
        items: [
          { media: picture('bay.png'), description: 'The bay' },
          { media: picture('cliff.png'), description: 'The cliff' },
        ],
      },
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: 'whose',
            placeholder: 'Whose state?',
            options: [
              { label: 'Mira', value: 'mira' },
              { label: 'Tomas', value: 'tomas' },
            ],
          },
        ],
      },
      { type: ComponentType.ActionRow, components: [button('back', '◀'), button('on', '▶')] },
    ],
  },
  { type: ComponentType.Container, spoiler: true, components: [words('What nobody knows yet')] },
  { type: ComponentType.File, file: picture('notes.md'), ...{ name: 'notes.md', size: 12_345 } },
]

const version2 = (more: Partial<APIMessage>): APIMessage =>
  message({ flags: MessageFlags.IsComponentsV2, ...more })

const come = async (options?: Parameters<typeof openScripted>[3]): Promise<Page> => {
  const messages = [version2({ components: panel(), attachments: [served.file('unshown.png')] })]
  scripted = await openScripted(browser, served.origin, { messages }, options)
  await seen(entry(scripted.page, 'The lighthouse'))
  return scripted.page
}

describe.skipIf(!hasChromium())('a message of components', () => {
  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launch(), servePage()])
  })

  afterEach(() => scripted.close())

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('shows its texts as markdown, its pictures with what they show, and its files to download', async () => {
    const page = await come()
    const shown = entry(page, 'The lighthouse')
    expect(await shown.locator('.text-display strong').allInnerTexts()).toEqual([
      'Mira',
      'Mira',
      'Tomas',
      'The storm',
    ])
    await seen(shown.getByRole('heading', { name: 'The lighthouse' }))
    for (const name of ['Mira at the lamp', 'The bay', 'The cliff'])
      await seen(shown.getByRole('img', { name }))
    await seen(shown.getByRole('link', { name: 'Download notes.md, 12 KB' }))
    expect(await shown.locator('img[src$="unshown.png"]').count()).toBe(0)
    const border = shown.locator('.container').first()
    expect(await border.evaluate((box) => getComputedStyle(box).borderLeftColor)).toBe('rgb(47, 178, 124)')
  })

  it('has buttons that the keyboard presses, in rows and beside texts', async () => {
    const page = await come()
    await page.getByRole('button', { name: 'Look closer' }).focus()
    await page.keyboard.press('Enter')
    expect((await scripted.next('click')).action).toMatchObject({ customId: 'look' })
    await page.getByRole('button', { name: '▶' }).click()
    expect((await scripted.next('click')).action).toMatchObject({ customId: 'on' })
  })

  it('has selects that are called by what they ask', async () => {
    const page = await come()
    await page.getByRole('combobox', { name: 'Whose state?' }).selectOption('Tomas')
    expect((await scripted.next('click')).action).toMatchObject({ customId: 'whose', values: ['tomas'] })
  })

  it('shows a picture in full at a press', async () => {
    const page = await come()
    await page.getByRole('button', { name: 'Mira at the lamp' }).click()
    const dialog = page.getByRole('dialog', { name: 'mira.png' })
    await seen(dialog.getByText('Mira at the lamp'))
  })

  it('hides a spoiler until it is opened', async () => {
    const page = await come()
    const secret = page.getByText('What nobody knows yet')
    expect(await secret.isVisible()).toBe(false)
    await page.getByText('Spoiler: press to show').click()
    expect(await secret.isVisible()).toBe(true)
  })

  it('is read out from top to bottom when it comes', async () => {
    const page = await come()
    const components = [
      words('# The **sea**'),
      { type: ComponentType.Container as const, components: [words('It rises.')] },
    ]
    scripted.tell({ name: 'message', message: version2({ components }), ephemeral: true })
    await seen(page.locator('[aria-live]', { hasText: 'Skein: The sea It rises.' }))
  })

  it('is read out anew when a press has changed it', async () => {
    const page = await come()
    await page.getByRole('button', { name: '▶' }).click()
    const { action } = await scripted.next('click')
    const changed = version2({ id: action.message, components: [words('The second page')] })
    scripted.tell({ name: 'message_edited', message: changed, ephemeral: true })
    await seen(page.locator('[aria-live]', { hasText: 'Skein: The second page' }))
  })

  const looks = (['dark', 'light'] as const).flatMap((theme) => [
    { theme, width: 1280, height: 800 },
    { theme, width: 375, height: 800 },
  ])

  it.each(looks)('can be read in $theme at $width px, and fits', async ({ theme, width, height }) => {
    const page = await come({ viewport: { width, height }, colorScheme: theme })
    await page.locator('.veil summary').click()
    expect(await faintTexts(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
    const beyond = await page.locator('.components').evaluate((components) => {
      const { right } = components.getBoundingClientRect()
      return [...components.querySelectorAll('*')].filter(
        (part) => part.getBoundingClientRect().right > right + 1,
      ).length
    })
    expect(beyond).toBe(0)
    const thumbnail = await page.getByRole('img', { name: 'Mira at the lamp' }).boundingBox()
    const text = await page.getByText('Wary of you.').boundingBox()
    expect(thumbnail?.x).toBeGreaterThan(text?.x ?? 0)
    expect(thumbnail?.y).toBeLessThan((text?.y ?? 0) + (text?.height ?? 0))
  })
})
