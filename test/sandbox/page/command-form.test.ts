import { ApplicationCommandOptionType as Kind } from 'discord-api-types/v10'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium, launch } from './browser.ts'
import { command, openScripted, type Scripted, type Served, servePage } from './scripted.ts'
import { seen } from './stage.ts'

const COMMANDS = [
  command('import', [
    { type: Kind.Attachment, name: 'card', description: 'A character card', required: true },
    { type: Kind.Attachment, name: 'portrait', description: 'A picture' },
  ]),
  command('speak', [
    { type: Kind.String, name: 'who', description: 'Who', required: true, autocomplete: true },
    { type: Kind.Integer, name: 'turn', description: 'Which turn' },
  ]),
]

const CARD = { name: 'ilse.json', mimeType: 'application/json', buffer: Buffer.from('{"name":"Ilse"}') }

let browser: Browser
let served: Served
let scripted: Scripted

/** Opens the page with the fields of a command before it. */
const fill = async (name: string): Promise<Page> => {
  scripted = await openScripted(browser, served.origin, { commands: COMMANDS })
  const { page } = scripted
  await page.locator('#composer').fill(`/${name}`)
  await page.keyboard.press('Enter')
  await seen(page.locator('form.command :focus'))
  return page
}

/** Answers what the page asks with the choices of these names; each has its name in small letters as its value. */
const answer = async (interaction: string, ...names: string[]): Promise<void> => {
  const { reply } = await scripted.next('suggest')
  reply(interaction)
  tell(interaction, ...names)
}

const tell = (interaction: string, ...names: string[]): void =>
  scripted.tell({
    name: 'choices',
    interaction,
    choices: names.map((name) => ({ name, value: name.toLowerCase() })),
  })

const choice = (page: Page, name: string) => page.getByRole('option', { name, exact: true })

describe.skipIf(!hasChromium())('the fields of a command', () => {
  beforeAll(async () => {
    ;[browser, served] = await Promise.all([launch(), servePage()])
  })

  afterEach(() => scripted.close())

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  describe('for files', () => {
    it('show the file’s name and size, let it be removed, and send it', async () => {
      const page = await fill('import')
      await page.setInputFiles('#option-card', CARD)
      await seen(page.locator('.chosen-file', { hasText: 'ilse.json' }).filter({ hasText: '15 bytes' }))
      await seen(page.locator('#option-card-remove:focus'))
      await page.keyboard.press('Enter')
      await seen(page.locator('#option-card:focus'))
      await page.setInputFiles('#option-card', CARD)
      await page.getByRole('button', { name: 'Run command' }).click()
      expect((await scripted.next('command')).action).toMatchObject({
        path: ['import'],
        options: {},
        files: { card: { name: 'ilse.json', data: CARD.buffer.toString('base64') } },
      })
    })

    it('say so when a file that is needed is missing', async () => {
      const page = await fill('import')
      await page.getByRole('button', { name: 'Run command' }).click()
      await seen(page.locator('#option-card-error', { hasText: 'Choose a file.' }))
      await seen(page.locator('#option-card:focus'))
      expect(scripted.asked('command')).toEqual([])
    })
  })

  describe('with choices while typing', () => {
    it('send the value of the choice that the keys took', async () => {
      const page = await fill('speak')
      await answer('1', 'Ilse', 'Tomas')
      await seen(choice(page, 'Tomas'))
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await seen(page.locator('[role=option][aria-selected=true]', { hasText: 'Tomas' }))
      await page.keyboard.press('Enter')
      expect(await page.locator('#option-who').inputValue()).toBe('Tomas')
      expect(await page.getByRole('listbox').count()).toBe(0)
      await page.keyboard.press('Enter')
      expect((await scripted.next('command')).action.options).toEqual({ who: 'tomas' })
    })

    it('keep the choice that the keys are at in view', async () => {
      const page = await fill('speak')
      await answer('1', ...Array.from({ length: 25 }, (_, index) => `Choice ${index}`))
      const last = choice(page, 'Choice 24')
      await seen(last)
      const hidden = async (): Promise<boolean> => {
        const [list, row] = await Promise.all([
          page.locator('.suggestions').boundingBox(),
          last.boundingBox(),
        ])
        return !list || !row || row.y + row.height > list.y + list.height
      }
      expect(await hidden()).toBe(true)
      await page.keyboard.press('ArrowUp')
      await expect.poll(hidden).toBe(false)
    })

    it('take a choice by a click, which leaves the focus in the field', async () => {
      const page = await fill('speak')
      await answer('1', 'Ilse', 'Tomas')
      await choice(page, 'Ilse').click()
      expect(await page.locator('#option-who:focus').inputValue()).toBe('Ilse')
    })

    it('send what was typed, where it was typed over a choice or is none', async () => {
      const page = await fill('speak')
      await answer('1', 'Ilse')
      await choice(page, 'Ilse').click()
      await page.keyboard.type(' the Younger')
      await answer('2')
      await seen(page.getByRole('status').filter({ hasText: 'Your text is taken as it is.' }))
      await page.keyboard.press('Enter')
      expect((await scripted.next('command')).action.options).toEqual({ who: 'Ilse the Younger' })
    })

    it('ask once typing has paused, with what the other fields hold', async () => {
      const page = await fill('speak')
      await page.locator('#option-turn').fill('7')
      await page.clock.install()
      await page.clock.pauseAt(Date.now() + 60_000)
      await page.locator('#option-who').focus()
      for (const letter of 'ils') {
        await page.keyboard.type(letter)
        await page.clock.runFor(199)
      }
      await page.clock.runFor(1)
      const asked = () => scripted.asked('suggest').filter(({ options }) => options.turn === 7)
      await expect
        .poll(asked)
        .toMatchObject([{ path: ['speak'], focused: 'who', options: { who: 'ils', turn: 7 } }])
    })

    it('drop the answer to an older text, whenever it comes', async () => {
      const page = await fill('speak')
      const first = await scripted.next('suggest')
      await page.keyboard.type('t')
      const second = await scripted.next('suggest')
      first.reply('1')
      second.reply('2')
      tell('1', 'Stale')
      tell('2', 'Tomas')
      await seen(choice(page, 'Tomas'))
      tell('1', 'Stale')
      tell('2', 'Tomas', 'Tilda')
      await seen(choice(page, 'Tilda'))
      expect(await choice(page, 'Stale').count()).toBe(0)
    })

    it('close their list by Escape, and the form by the next', async () => {
      const page = await fill('speak')
      await answer('1', 'Ilse')
      await seen(choice(page, 'Ilse'))
      await page.keyboard.press('Escape')
      expect(await page.getByRole('listbox').count()).toBe(0)
      await seen(page.locator('#option-who:focus'))
      await page.keyboard.press('Escape')
      await seen(page.locator('#composer:focus'))
    })
  })
})
