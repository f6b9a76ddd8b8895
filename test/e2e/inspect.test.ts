import type { APIMessage } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import { openDatabase } from '../../src/store/database.ts'
import { FORM, labelsOf, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

let world: World
let mara: Player
let visitor: Visitor
let tomas: Player
let thread: string

// Each test has a server of its own, with one story that Mara leads, in which Mira answers Ada and then Ben.
beforeEach(async () => {
  world = await startWorld()
  ;({ player: mara, visitor } = await world.enter('player'))
  tomas = (await world.enter('second')).player
  thread = await mara.start(world.stories, FORM)
})
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const { inspect: words } = en

type Options = Parameters<Player['command']>[2]
const play = async (line: string, player = mara): Promise<APIMessage> => {
  await player.say(thread, line)
  return (await player.answer(thread)).message
}
/** What the writer was sent last. */
const asked = () =>
  world.prose().at(-1)?.body as {
    readonly messages: readonly { readonly role: string; readonly content: string }[]
  }
/** An edit waits until all that is done for a turn is done. */
const settled = () => mara.command(thread, ['clock', 'advance'], { by: '1h' })
const hasMore = ({ components = [] }: APIMessage): boolean =>
  components.some(
    (row) =>
      'components' in row &&
      row.components.some((part) => 'label' in part && part.label === en.leaf.older && !part.disabled),
  )
const leafed = async (page: APIMessage, player: Player): Promise<string> =>
  hasMore(page)
    ? `${page.content}\n${await leafed(await player.clickForReply(page, en.leaf.older), player)}`
    : page.content
const inspect = (player: Player, options: Options = {}) => player.command(thread, ['inspect'], options)
/** All pages of it. */
const inspected = async (player: Player, options: Options = {}) =>
  leafed(await inspect(player, options), player)
const fileOf = async ({ attachments }: APIMessage) =>
  fetch(`${world.discord.origin}${attachments[0]?.url}`).then((answer) => answer.text())
const file = async (player: Player, options: Options = {}) =>
  fileOf(await player.clickForReply(await inspect(player, options), words.asFile))

describe('/inspect', () => {
  test('shows whoever leads the story how long it took, each call, and all that models were told', async () => {
    await mara.command(thread, ['settings', 'story'], { writing: 'full' })
    await play('"Mira, is the lamp lit?"')
    await settled()
    const shown = await inspected(mara)
    expect(shown).toMatch(/^\*\*Turn 2\*\* · \S.* answers\n/u)
    expect(shown).toContain(`-# ${words.seesAll}`)
    expect(shown).toMatch(/\*\*Time\*\*: planning \d+\.\d s · remembering .* · writing .* · settling /u)
    expect(shown).toContain(words.plan)
    for (const role of ['planner', 'writer', 'archivist']) {
      expect(shown).toMatch(
        new RegExp(
          `^- \\*\\*${role}\\*\\* · \\S+/${world.model.model} · [\\d,]+ tokens in.*, \\d+ out · first words after \\d+\\.\\d s, all after \\d+\\.\\d s · .* · finished$`,
          'mu',
        ),
      )
      expect(shown).toMatch(new RegExp(`\\*\\*What the ${role} was told\\*\\* · prompt \\d+ · `, 'u'))
    }
    expect(shown).toMatch(/- \*\*line\*\* · must · \d+ tokens · turn 2\n> Ada: "Mira, is the lamp lit\?"/u)
    expect(shown).not.toContain('hidden')

    const text = await file(mara)
    for (const { role, content } of asked().messages) expect(text).toContain(`---- ${role}\n${content}`)
    expect(text).toContain('- Mira speaks now')
    expect(text).toContain('---- rules · must')
  })

  test('shows a player what their persona may know, and of the rest only that it is there', async () => {
    await mara.command(thread, ['settings', 'story'], { writing: 'full' })
    await play('"I trust nobody with the brass key."')
    await mara.command(thread, ['memory', 'add'], {
      owner: 'Mira',
      text: 'The lamp went out by my own hand.',
    })
    await play('"Mira, the lamp! Who put the lamp out?"', tomas)
    await settled()

    const shown = await inspected(tomas, { turn: '3' })
    expect(shown).toContain(`-# ${words.seesAs('Tomas Reed')}`)
    expect(shown).toContain('> Tomas Reed: "Mira, the lamp! Who put the lamp out?"')
    expect(shown).toMatch(/- \*\*story\*\* · must · \d+ tokens\n> Title: The Lighthouse/u)
    expect(shown).toMatch(/- \*\*self\*\* · must · \d+ tokens · hidden: only Mira knows this$/mu)
    expect(shown).toMatch(/- \*\*history\*\* · must · \d+ tokens · hidden: only Mira, Ada know this$/mu)
    expect(shown).toMatch(/- \*\*memory\*\* · should · \d+ tokens · hidden: only Mira knows this$/mu)
    expect(shown).toMatch(
      /\*\*What the planner was told\*\*.*\n- \*\*rules\*\* · must · \d+ tokens · hidden: this is/u,
    )
    expect(shown).toContain('- **archivist** · ')
    expect(shown).not.toContain(words.plan)
    for (const text of [shown, await file(tomas, { turn: '3' })])
      expect(text).not.toMatch(/by my own hand|brass key|score \d|speaks now/u)

    const whole = await file(mara, { turn: '3' })
    expect(whole).toMatch(/---- memory · should · \d+ tokens · score \d.*lamp/u)
    expect(whole).toContain('The lamp went out by my own hand.')
  })

  test('what was whispered is shown to no player who did not hear it', async () => {
    await mara.command(thread, ['settings', 'story'], { writing: 'full' })
    await play('*steps in*', tomas)
    const { content } = await mara.command(thread, ['whisper'], {
      to: 'Mira',
      text: 'The key is under the stairs.',
    })
    expect(content).toContain('under the stairs')
    await settled()
    await play('*I knock.*')
    await settled()
    const read = async (player: Player, turn: string) =>
      `${await inspected(player, { turn })}\n${await file(player, { turn })}`
    expect(await read(mara, '3')).toContain('under the stairs')
    for (const turn of ['3', '4']) expect(await read(tomas, turn)).not.toContain('under the stairs')
    expect(await read(tomas, '3')).toMatch(
      /\*\*line\*\* · must · \d+ tokens · hidden: only Ada, Mira know this$/mu,
    )
  })

  test('who plays nobody sees what everyone may know', async () => {
    await play('*I hide the brass key.*')
    const shown = await inspected(tomas)
    expect(shown).toContain(`-# ${words.seesOpen}`)
    expect(shown).not.toContain('brass key')
    expect(shown).toMatch(/- \*\*line\*\* · must · \d+ tokens · hidden: only Mira, Ada know this$/mu)
  })

  test('says which answers could not be used, and shows their words to whoever leads the story', async () => {
    await mara.command(thread, ['settings', 'story'], { writing: 'full' })
    world.model.faults.add({ kind: 'wrong_json' })
    await play('*I knock.*')
    await settled()
    const [led, played] = [await inspected(mara), await inspected(tomas)]
    for (const shown of [led, played])
      expect(shown).toMatch(
        /^- \*\*planner\*\* · \S+ · attempt 1: what came did not fit what was asked for$/mu,
      )
    expect(led).toContain('nothing of this was asked for')
    expect(played).not.toContain('nothing of this was asked for')
    expect(await file(mara)).toContain('nothing of this was asked for')
    expect(await file(tomas)).not.toContain('nothing of this was asked for')
  })

  test('a server’s own instructions are for those who lead the story', async () => {
    const iris = (await world.enter('admin')).player
    for (const name of ['narrator', 'character']) {
      const form = await iris.openForm(thread, ['prompt', 'edit'], { name })
      await form.fill({ text: 'Speak in riddles. {{personality}}' })
    }
    await play('*I knock.*')
    expect(await inspected(mara)).toContain('Speak in riddles.')
    const shown = await inspected(tomas)
    expect(shown).toMatch(/was told\*\* · prompt 1\+1 · /u)
    expect(shown).not.toContain('riddles')
  })
})

describe('the turn', () => {
  test('is the newest, one by its number, or that of a message, with the answer in force', async () => {
    const knock = await play('*I knock.*')
    await play('*I wait.*')
    const heading = (turn: number) => new RegExp(`^\\*\\*Turn ${turn}\\*\\*`, 'u')
    expect((await inspect(tomas)).content).toMatch(heading(3))
    expect((await inspect(tomas, { turn: '1' })).content).toMatch(/^\*\*Turn 1\*\* · the narrator answers\n/u)
    expect((await tomas.messageCommand(thread, knock.id, words.onMessage)).content).toMatch(heading(2))
    const mine = visitor.messagesIn(thread).find(({ message }) => message.content === '*I wait.*')
    const own = await tomas.messageCommand(thread, mine?.message.id ?? '', words.onMessage)
    expect(own.content).toMatch(heading(3))
    await mara.command(thread, ['regenerate'])
    expect((await inspect(tomas)).content).toMatch(/^\*\*Turn 3\*\* · .* answers · answer 2\n/u)

    expect((await inspect(tomas, { turn: '9' })).content).toBe(en.stays.unknown_turn)
    expect((await inspect(tomas, { turn: 'x' })).content).toBe(en.rewind.noTurn)
    const elsewhere = await tomas.command(world.stories, ['inspect'])
    expect(elsewhere.content).toContain('This works in a story’s thread')
  })

  test('that was taken back is for those who lead the story, also on a page that is open', async () => {
    const knock = await play('*I knock.*')
    await play('*I wait.*')
    await settled()
    const last = visitor.messagesIn(thread).findLast(({ message }) => labelsOf(message).includes('Continue'))
    const message = last?.message.id ?? ''
    const open = await tomas.messageCommand(thread, message, words.onMessage)
    await mara.clickForReply(await mara.command(thread, ['rewind'], { turn: '2' }), 'Rewind')

    expect((await tomas.messageCommand(thread, message, words.onMessage)).content).toBe(words.takenBack)
    expect((await tomas.clickForReply(open, words.asFile)).content).toBe(words.takenBack)
    expect((await tomas.messageCommand(thread, knock.id, words.onMessage)).content).toContain('**Turn 2**')
    const led = await mara.messageCommand(thread, message, words.onMessage)
    expect(led.content).toContain(words.takenBackHeading)
    expect(await leafed(led, mara)).toContain('> Ada: \\*I wait.\\*')
  })

  test('of which nothing is kept any more says so, and what its calls came to', async () => {
    await play('*I knock.*')
    await settled()
    await world.stop()
    const db = await openDatabase(world.directory)
    await db.deleteFrom('prompts').execute()
    await db.destroy()
    await world.start()
    const shown = await inspect(mara)
    expect(shown.content).toContain(`-# ${words.none}`)
    expect(shown.content).toContain('- **writer** · ')
    expect(labelsOf(shown)).not.toContain(words.asFile)
  })
})
