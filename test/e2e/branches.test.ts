import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { ALT_TEXT_LIMIT } from '../../src/pictures/branch-tree.ts'
import { labelsOf } from '../doubles/player.ts'
import { sizeOf } from '../pictures/pixels.ts'
import {
  knock,
  lastPrompt,
  linkIn,
  mara,
  messages,
  type Options,
  play,
  run,
  thread,
  told,
  tomas,
  visitor,
  world,
} from './table.ts'

const isStruck = ({ content }: APIMessage) => /~~.+~~/u.test(content)
const struck = (id: string, is: boolean) =>
  visitor.until('a message to be struck through, or not', () =>
    messages().some((message) => message.id === id && isStruck(message) === is) ? true : undefined,
  )
/** Begins a branch in a thread of its own, and gives that thread once it says where the story stands. */
const branch = async (name: string, options: Options = {}): Promise<string> => {
  const channel = linkIn(await run('branch create', { name, ...options }))
  await visitor.until('the newest answer with its buttons', () =>
    messages(channel).find((message) => labelsOf(message).includes('Branch')),
  )
  return channel
}

describe('/branch create', () => {
  test('a branch opens as a thread of its own, linked both ways, with what happened last', async () => {
    const reply = await run('branch create', { name: '  Mira   stays ', turn: '2' })
    expect(reply).toMatch(/^\*\*Mira stays\*\* begins in <#\d+>\.$/u)
    const own = linkIn(reply)
    expect(visitor.channels.get(own)?.name).toBe('The Lighthouse · Mira stays')
    expect((await told(thread, 'began the branch Mira stays')).content).toBe(
      `-# 🌿 Mara Quill began the branch Mira stays after turn 2: <#${own}>`,
    )
    expect((await told(own, 'This is the branch')).content).toBe(
      `-# 🌿 This is the branch Mira stays. It left <#${thread}> after turn 2.`,
    )
    const recap = (await told(own, 'What happened last:')).content
    expect(recap).toContain('> **Ada**: \\*I knock.\\*')
    expect(recap).not.toContain('stairs')
    expect((await told(own, knock.content)).content).toBe(knock.content)

    await play('*I open the door.*', own)
    expect(lastPrompt()).toContain('I knock.')
    expect(lastPrompt()).not.toContain('stairs')
    await play('*I look down.*')
    expect(lastPrompt()).toContain('stairs')
    expect(lastPrompt()).not.toContain('open the door')
  })

  test('`here` moves this thread onto the branch, and the way back too', async () => {
    const climbed = messages().findLast((message) => labelsOf(message).length > 0) as APIMessage
    expect(await run('branch create', { name: 'Storm', turn: '2', here: true })).toContain('begins here')
    await told(thread, 'began the branch Storm here, after turn 2')
    await struck(climbed.id, true)
    await visitor.until('buttons of this branch under the answer that is the newest again', () =>
      messages().find(
        ({ id, components }) => id === knock.id && /fork:(?!\w+:root)/u.test(JSON.stringify(components)),
      ),
    )
    await play('*I run.*')
    expect(lastPrompt()).not.toContain('stairs')

    expect(await run('branch switch', { branch: 'main', here: true })).toBe('This thread tells **Main** now.')
    await told(thread, 'switched this thread to the branch Main')
    await struck(climbed.id, false)
    await struck(knock.id, false)
    await play('*I look down.*')
    expect(lastPrompt()).toContain('stairs')
    expect(lastPrompt()).not.toContain('I run.')
  })

  test('another answer is shown where the branch is told now, on the message that shows the first', async () => {
    await run('branch create', { name: 'Storm', turn: '2', here: true })
    const here = await visitor.until('the newest answer here', () =>
      messages().find(
        (message) => message.id === knock.id && /fork:(?!\w+:root)/u.test(JSON.stringify(message.components)),
      ),
    )
    await mara.click(here, 'Regenerate')
    await visitor.until('another answer on the same message', () =>
      messages().find((message) => message.id === knock.id && labelsOf(message).includes('2/2 ▶')),
    )

    const main = linkIn(await run('branch switch', { branch: 'main' }))
    const there = await visitor.until('the newest answer there', () =>
      messages(main).find((message) => labelsOf(message).includes('Regenerate')),
    )
    await mara.click(there, 'Regenerate')
    await visitor.until('another answer there', () =>
      messages(main).find((message) => message.id === there.id && labelsOf(message).includes('2/2 ▶')),
    )
  })

  test('a thread that a branch has left keeps no buttons', async () => {
    const newest = messages().findLast((message) => labelsOf(message).includes('Continue')) as APIMessage
    const own = await branch('Storm')
    await run('branch switch', { branch: 'main', here: true }, mara, own)
    await visitor.until('the buttons to go', () =>
      messages().find(({ id, components = [] }) => id === newest.id && components.length === 0),
    )
  })

  test('the button under the newest answer, and the menu of any message, ask for a name', async () => {
    const newest = messages().findLast((message) => labelsOf(message).includes('Branch')) as APIMessage
    const byButton = await mara.clickForForm(newest, 'Branch')
    expect(byButton.title).toBe('Branch after turn 3')
    expect((await byButton.fill({ name: 'Attic' })).content).toContain('**Attic** begins in')
    const byMenu = await mara.messageCommandForForm(thread, knock.id, 'Branch from here')
    expect(byMenu.title).toBe('Branch after turn 2')
    const own = linkIn((await byMenu.fill({ name: 'Cellar', description: 'Down.' })).content)
    expect((await told(own, 'This is the branch')).content).toContain('after turn 2')
    const said = messages().find(({ content }) => content === '*I knock.*') as APIMessage
    const byLine = await mara.messageCommandForForm(thread, said.id, 'Branch from here')
    expect(byLine.title).toBe('Branch after turn 2')
    const howTo = messages().find(({ content }) => content.includes('Write here to play')) as APIMessage
    expect((await mara.messageCommand(thread, howTo.id, 'Branch from here')).content).toContain(
      'belongs to no turn',
    )
    expect(await run('branch list')).toContain('Down.')
  })

  test('a line that is edited far back is answered anew on a branch before it', async () => {
    const said = messages().find(({ content }) => content === '*I knock.*') as APIMessage
    await visitor.do({ do: 'edit', channel: thread, message: said.id, content: '*I whistle.*' })
    const offer = await told(thread, 'a branch can try it otherwise')
    expect((await tomas.clickForReply(offer, 'Branch from there')).content).toContain('for those who play')
    const form = await mara.clickForForm(offer, 'Branch from there')
    expect(form.title).toBe('Branch after turn 1')
    const own = linkIn((await form.fill({ name: 'Whistle' })).content)
    expect((await told(own, 'as it reads now')).content).toContain(`/${thread}/${said.id}`)
    await visitor.until('the answer', () => (lastPrompt().includes('I whistle.') ? true : undefined))
    expect(lastPrompt()).not.toMatch(/I knock|stairs/u)
    expect(await run('branch diff', { one: 'Whistle', other: 'Main' })).toContain('up to turn 1.')
  })

  test('what cannot be is refused, and no thread is left behind', async () => {
    const threads = visitor.channels.size
    expect(await run('branch create', { name: 'MAIN' })).toContain('has a branch **MAIN** already')
    expect(await run('branch create', { name: '  ' })).toContain('1 to 60 characters')
    expect(await run('branch create', { name: 'Far', turn: '40' })).toContain('no such turn')
    expect(await run('branch create', { name: 'Far', turn: 'soon' })).toContain('by its number')
    expect(await run('branch create', { name: 'Mine' }, tomas)).toContain('for those who play')
    expect(visitor.channels.size).toBe(threads)
    expect(await run('branch list')).toContain('**1 branch**')

    await tomas.say(thread, '*joins them*')
    await mara.answer(thread)
    expect(await run('branch create', { name: 'Mine', here: true }, tomas)).toContain('Only whoever started')
    expect(await run('branch create', { name: 'Mine' }, tomas)).toContain('**Mine** begins in')
  })
})

describe('/branch list, tree and diff', () => {
  test('the list tells of each branch how long it is, when it was told, and where', async () => {
    const own = await branch('Storm', { turn: '2', description: 'It breaks.' })
    expect(await run('branch list')).toMatch(
      new RegExp(
        `^\\*\\*2 branches\\*\\*\\n\\*\\*Storm\\*\\* · 2 turns · <t:\\d+:R> · <#${own}>\\n-# It breaks\\.\\n\\*\\*Main\\*\\* · 3 turns · <t:\\d+:R> · this thread$`,
        'u',
      ),
    )
    expect(await run('branch list', {}, tomas, own)).toContain(`**Main** · 3 turns`)
  })

  test('the tree is a picture that says the same in words', async () => {
    await branch('Storm', { turn: '2' })
    const { content, attachments } = await mara.command(thread, ['branch', 'tree'])
    expect(content).toBe('**2 branches**')
    const [picture] = attachments
    expect(picture).toMatchObject({ filename: 'branches.png', content_type: 'image/png' })
    expect(picture?.description).toBe(
      'Main (3 turns · just now · you are here)\n– Storm (after turn 2 · 2 turns · just now)',
    )
    expect(picture?.description?.length).toBeLessThan(ALT_TEXT_LIMIT)
    const bytes = await fetch(`${world.discord.origin}${picture?.url}`).then((file) => file.bytes())
    expect(sizeOf(bytes)).toEqual({ width: picture?.width, height: picture?.height })
  })

  test('the diff tells what happened on each since they parted, and what differs', async () => {
    const own = await branch('Storm', { turn: '2' })
    await play('*I open the door.*', own)
    await run('relation set', { from: 'Mira', to: 'Ada', trust: 80 }, mara, own)
    await run('clock set', { day: 2, time: '09:00' }, mara, own)
    await run('place add', { name: 'Cellar', type: 'room' })
    const diff = await run('branch diff', {}, mara, own)
    expect(diff).toContain('**Storm** and **Main** have all in common up to turn 2.')
    expect(diff).toContain('**What happened in Storm**\n- Turn 3: \\*I open the door.\\*')
    expect(diff).toContain('**What happened in Main**\n- Turn 3: \\*I climb the stairs.\\*')
    expect(diff).toContain('- **Time**: Day 2, 09:00 ⇄ Day 1, 08:00')
    expect(diff).toContain('- **Mira to Ada**: affinity 50, trust 80 ⇄ affinity 50, trust 50')
    expect(diff).toContain('- **Cellar**, only in Main: room')
    expect(diff).toContain('You see everything')
    expect(await run('branch diff', { one: 'main', other: 'storm' })).toContain('**Main** and **Storm**')

    await tomas.say(thread, '*joins them*')
    await mara.answer(thread)
    const theirs = await run('branch diff', { one: 'Storm' }, tomas)
    expect(theirs).toContain('You see what the one you play perceived')
    expect(theirs).not.toMatch(/Mira to Ada|stairs|open the door/u)
  })

  test('what cannot be compared is refused', async () => {
    expect(await run('branch diff')).toContain('it left no other one')
    expect(await run('branch diff', { one: 'Main', other: 'Main' })).toContain('one and the same')
    expect(await run('branch diff', { one: 'Fog' })).toContain('No branch is called “Fog”. The branches of')
    expect(await run('branch diff', { one: 'Main' }, tomas)).toContain('for those who play')
  })
})

describe('/branch switch', () => {
  test('leads to the thread of a branch, or opens one where there is none', async () => {
    const own = await branch('Storm', { turn: '2' })
    expect(await run('branch switch', { branch: 'sto' })).toBe(`**Storm** is told in <#${own}>.`)
    expect(await run('branch switch', { branch: 'Main' })).toContain('tells **Main** already')
    await run('branch switch', { branch: 'Storm', here: true })
    await told(own, `The branch Storm goes on in <#${thread}>`)
    await mara.say(own, '*nobody hears*')

    const again = linkIn(await run('branch switch', { branch: 'Main' }))
    expect((await told(again, 'This is the branch Main')).content).toContain(`<#${thread}>`)
    await told(again, 'What happened last:')
    await told(thread, 'opened the branch Main')
    await play('*I look down.*', again)
    expect(lastPrompt()).toContain('stairs')
    expect(lastPrompt()).not.toContain('nobody hears')
    expect(await run('branch switch', { branch: 'Main', here: true }, tomas)).toContain('for those who play')
  })

  test('here, where a branch was told elsewhere, a recap says what happened on it', async () => {
    const own = await branch('Storm', { turn: '2' })
    const opened = await play('*I open the door.*', own)
    await run('branch switch', { branch: 'Storm', here: true })
    expect((await told(thread, 'What happened last:')).content).toContain('I open the door.')
    await told(thread, opened.content)
  })

  test('branches are suggested as one types', async () => {
    await branch('Storm', { turn: '2' })
    expect(await mara.suggested(thread, ['branch', 'switch'], { branch: '' }, 'branch')).toEqual([
      'Main',
      'Storm',
    ])
    expect(await mara.suggested(thread, ['branch', 'diff'], { one: 'st' }, 'one')).toEqual(['Storm'])
  })
})

describe('/branch rename and delete', () => {
  test('a branch gets another name, which its thread shows too', async () => {
    const own = await branch('Storm')
    expect(await run('branch rename', { branch: 'storm', name: 'Gale' })).toBe(
      '**Storm** is called **Gale** now.',
    )
    await visitor.until('the thread’s name', ({ channels }) =>
      channels.get(own)?.name === 'The Lighthouse · Gale' ? true : undefined,
    )
    expect(await run('branch rename', { branch: 'Gale', name: 'main' })).toContain('already')
    expect(await run('branch rename', { branch: 'Main', name: 'As it was' })).toContain('**As it was**')
    expect(await run('branch create', { name: 'Main' })).toContain('**Main** begins in')
    expect(await run('branch rename', { branch: 'Gale', name: 'Mine' }, tomas)).toContain('Only whoever')
  })

  test('a deleted branch is hidden, its thread is told and freed, and Undo brings all of it back', async () => {
    const own = await branch('Storm', { turn: '2' })
    const asked = await mara.command(thread, ['branch', 'delete'], { branch: 'Storm' })
    expect(asked.content).toContain('Delete the branch Storm?')
    const deleted = await mara.clickForReply(asked, 'Delete it')
    expect(deleted.content).toContain('**Storm** is deleted. Nothing of it is lost.')
    await told(own, 'deleted the branch Storm')
    expect(await run('branch list')).toContain('**1 branch**')
    expect(await run('branch list', {}, mara, own)).toContain('This works in a story’s thread')
    await mara.say(own, '*nobody hears*')

    const back = await mara.clickForReply(deleted, 'Undo')
    expect(back.content).toBe(`**Storm** is back, in <#${own}>.`)
    await told(own, 'brought the branch Storm back')
    await play('*I open the door.*', own)
    expect(lastPrompt()).not.toContain('nobody hears')
    expect(await run('branch list')).toContain(`**Storm** · 3 turns`)
  })

  test('the first branch, and the one that this thread tells, are protected; also when it is told here later', async () => {
    const own = await branch('Storm', { turn: '2' })
    const deleting = async (name: string, channel: string, player = mara) =>
      run('branch delete', { branch: name }, player, channel)
    expect(await deleting('Main', own)).toContain('cannot be deleted')
    expect(await deleting('Storm', own)).toContain('This thread tells that branch')
    expect(await deleting('Storm', thread, tomas)).toContain('Only whoever started')
    const asked = await mara.command(thread, ['branch', 'delete'], { branch: 'Storm' })
    await run('branch switch', { branch: 'Storm', here: true })
    expect((await mara.clickForReply(asked, 'Delete it')).content).toContain('This thread tells that branch')
    expect(await run('branch list')).toContain('**2 branches**')
  })
})
