import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'
import { beforeEach, describe, expect, test } from 'vitest'
import { setOverwrite } from '../../src/sandbox/discord/acts/channels.ts'
import { readingOf } from '../../src/sandbox/people/reading.ts'
import { FORM } from '../doubles/player.ts'
import { choose, press } from '../doubles/visitor.ts'
import {
  choosing,
  formAfter,
  formOf,
  MEMORIES,
  mara,
  namesIn,
  open,
  pressing,
  redrawn,
  run,
  thread,
  toldBeside,
  tomas,
  world,
} from './panel.ts'

const inHouse = async () => {
  await run('place add', { name: 'House', type: 'house' })
  await run('scene open', { place: 'House', who: 'Mira' })
}
const playBo = async () => {
  const form = await tomas.player.openForm(thread, ['persona', 'set'])
  await form.fill({ name: 'Bo' })
}

describe('the panel', () => {
  test('shows the scene, and leads to what is felt and remembered', async () => {
    await inHouse()
    await run('memory add', { owner: 'Mira', text: 'The lamp went out.' })
    const scene = await open()
    expect(readingOf(scene)).toContain('### Scene 1 · House\nDay 1, 08:00')
    expect(readingOf(scene)).toContain('**Ada** · not in the scene')
    expect(readingOf(scene)).toContain('You lead this story, so you see everybody’s.')
    const relations = await pressing(scene, 'Relations')
    expect(readingOf(relations)).toContain('### Who feels what')
    const memories = await pressing(relations, 'Memories')
    // Ada, whom Mara plays, comes first.
    expect(readingOf(memories)).toContain('### What Ada remembers\n📌 0 pinned')
    const miras = await choosing(memories, 'Whose memories', 'Mira')
    expect(readingOf(miras)).toContain('The lamp went out.\n-# Turn 1 · Day 1, 08:00 · was there')
  })

  test('begins where one asks it to, and shows what holds by now when it is refreshed', async () => {
    const panel = await open(mara, { page: 'relations' })
    expect(readingOf(panel)).not.toContain('20 trust')
    await run('relation set', { from: 'Mira', to: 'Ada', trust: 20 })
    expect(readingOf(await pressing(panel, 'Refresh'))).toContain('`██░░░░░░░░` 20 trust')
    expect(readingOf(await open(mara, { whose: 'mir' }))).toContain('### What Mira remembers')
  })
})

describe('a change from within it', () => {
  test('of what someone does, begins with what stands, and says what was and what is', async () => {
    await run('activity set', {
      who: 'Mira',
      posture: 'kneeling',
      doing: 'mending a net',
      where: 'by the door',
    })
    const panel = await open()
    const form = await formAfter(panel, 'What Mira does')
    expect(form.standing).toMatchObject({ posture: 'kneeling', action: 'mending a net', holding: '' })
    const changed = await form.fill({ posture: '', holding: 'a needle, twine', attention: 'ADA' })
    expect(readingOf(changed)).toContain(
      [
        'What **Mira** does is changed.',
        '**Posture**: kneeling → nothing',
        '**Holds**: nothing → a needle, twine',
        '**Attends to**: nothing → Ada',
      ].join('\n'),
    )
    expect(readingOf(changed)).toContain('**Mira**\nby the door · mending a net')
    const again = await formAfter(changed, 'What Mira does')
    expect(readingOf(await again.fill({}))).toContain('Nothing was changed')
  })

  test('of the time and the weather', async () => {
    const panel = await open()
    const clock = await formAfter(panel, 'The time')
    expect(clock.standing).toEqual({ day: '1', time: '08:00', anchor: '' })
    const later = await clock.fill({ day: '3', time: '18:05', anchor: 'the eve of the fair' })
    expect(readingOf(later)).toContain('**Time**: Day 1, 08:00 → Day 3, 18:05')
    expect(readingOf(await (await formAfter(later, 'The time')).fill({ day: 'noon' }))).toContain(
      'Nothing was saved: a day is a number from 1 to',
    )
    expect(readingOf(await (await formAfter(later, 'The time')).fill({ time: 'dusk' }))).toContain(
      '“dusk” is not a time of day',
    )
    expect(readingOf(await (await formAfter(later, 'The time')).fill({}))).toContain('Nothing was changed')
    const form = await formAfter(later, 'The time')
    await run('clock advance', { by: '1h' })
    expect(readingOf(await form.fill({ anchor: 'the fair' }))).toContain('Day 3, 19:05\n-# Day 1 is the fair')
    const fog = await (await formAfter(later, 'The weather')).fill({ weather: 'fog' })
    expect(readingOf(fog)).toContain('Day 3, 19:05 · fog')
  })

  test('of who is in the scene, acts at once', async () => {
    await inHouse()
    const [panel, other] = [await open(), await open()]
    const came = await choosing(panel, 'Change…', 'Ada comes into the scene')
    expect(readingOf(came)).toContain('**Where**: not in the scene → where the scene is')
    const left = await choosing(came, 'Change…', 'Mira leaves the scene')
    expect(readingOf(left)).toContain('**Ada**\n**Mira** · not in the scene')
    const late = await choosing(other, 'Change…', 'Mira leaves the scene')
    expect(readingOf(late)).toContain('They are not in the scene.')
  })

  test('of a relation', async () => {
    const panel = await open(mara, { page: 'relations' })
    const form = await formAfter(panel, 'Mira to Ada')
    expect(form.standing).toEqual({ affinity: '50', trust: '50' })
    const changed = await form.fill({ trust: '20' })
    expect(readingOf(changed)).toContain('**Mira** to **Ada** is changed.\n**Trust**: 50 → 20')
    const wrong = await (await formAfter(changed, 'Mira to Ada')).fill({ trust: '101' })
    expect(readingOf(wrong)).toContain('whole numbers from 0 to 100')
    expect(await run('relation show', { from: 'Mira' })).toContain('20 trust')
  })

  test('of a memory: other words, a pin, and its end', async () => {
    await run('memory add', { owner: 'Mira', text: 'The lamp went out.' })
    const list = await open(mara, { whose: 'Mira' })
    const memory = await choosing(list, MEMORIES, 'The lamp went out.')
    const form = await formOf(memory, () => press(mara.visitor, memory, 'Edit'))
    expect(form.standing).toEqual({ text: 'The lamp went out.', matters: '1', sure: '100' })
    const edited = await form.fill({ text: 'A gale blew out the lamp.' })
    expect(readingOf(edited)).toContain('**Before**\nThe lamp went out.\n\n**After**\nA gale')
    const pinned = await pressing(edited, 'Pin')
    expect(readingOf(pinned)).toContain('📌 A gale blew out the lamp.\n-# Turn 1')
    expect(await run('memory list', { owner: 'Mira' })).toContain('📌 1 pinned')
    const unpinned = await pressing(pinned, 'Unpin')
    const asked = await pressing(unpinned, 'Forget…')
    expect(readingOf(asked)).toContain('Shall Mira forget this?')
    const kept = await pressing(asked, 'Leave it')
    const forgotten = await pressing(await pressing(kept, 'Forget…'), 'Forget it')
    expect(readingOf(forgotten)).toContain('**Mira** has forgotten this.')
    expect(await run('memory list', { owner: 'Mira' })).toContain('remembers nothing yet')
  })

  test('of several memories, which become one', async () => {
    for (const text of ['The lamp went out.', 'It was the wind.', 'Ada came.'])
      await run('memory add', { owner: 'Mira', text })
    const list = await open(mara, { whose: 'Mira' })
    const form = await formOf(list, () =>
      choose(mara.visitor, list, 'Merge memories…', 'The lamp went out.', 'It was the wind.'),
    )
    expect(form.standing.text?.split('\n').toSorted()).toEqual(['It was the wind.', 'The lamp went out.'])
    const merged = await form.fill({ text: 'The wind put out the lamp.' })
    expect(readingOf(merged)).toContain('in the place of 2 memories')
    const left = await run('memory list', { owner: 'Mira' })
    expect(left).toContain('The wind put out the lamp.')
    expect(left).toContain('Ada came.')
    expect(left).not.toContain('The lamp went out.')
  })

  test('is made once, also when it is delivered twice', async () => {
    const panel = await open()
    const form = await formAfter(panel, 'The weather')
    world.discord.faults.add({ on: { gateway: 'INTERACTION_CREATE' }, kind: 'duplicate_dispatch', times: 1 })
    expect(readingOf(await form.fill({ weather: 'fog' }))).toContain('nothing → fog')
  })
})

describe('to a player', () => {
  beforeEach(async () => {
    await run('activity set', { who: 'Mira', posture: 'hiding the key' })
    await run('relation set', { from: 'Mira', to: 'Ada', trust: 20 })
    await run('memory add', { owner: 'Mira', text: 'The key is in the clock.' })
  })

  test('without a persona, what is open to all shows, and how to come in', async () => {
    await inHouse()
    const panel = await open(tomas)
    expect(readingOf(panel)).toContain('### Scene 1\nDay 1, 08:00')
    expect(readingOf(panel)).toContain('`/persona set`')
    const others = [await pressing(panel, 'Relations', tomas)]
    others.push(await pressing(panel, 'Memories', tomas))
    for (const page of [panel, ...others]) {
      expect(readingOf(page)).not.toMatch(/House|key|20 trust/u)
      expect(namesIn(page)).toEqual(['Refresh', 'Scene', 'Relations', 'Memories'])
    }
    expect(await run('scene show', {}, tomas)).toMatch(/^### Scene 1\n-# You play nobody/u)
    expect(await run('activity show', {}, tomas)).toContain('nothing to see')
    expect(await run('relation show', {}, tomas)).toContain('You play nobody')
    expect(await run('relations', {}, tomas)).toContain('You play nobody')
  })

  test('with a persona, what it perceives, feels and remembers shows; it changes its own memories', async () => {
    await playBo()
    await run('memory add', { owner: 'Bo', text: 'I owe Ada.' })
    await run('relation set', { from: 'Bo', to: 'Ada', affinity: 90 })
    await run('activity set', { who: 'Mira', posture: 'sitting on a chest' })
    const panel = await open(tomas)
    expect(readingOf(panel)).toContain('**Mira**\nsitting on a chest')
    const relations = await pressing(panel, 'Relations', tomas)
    expect(readingOf(relations)).toContain('### What Bo feels')
    expect(readingOf(relations)).not.toContain('20 trust')
    const memories = await pressing(relations, 'Memories', tomas)
    expect(readingOf(memories)).toContain('I owe Ada.')
    expect(readingOf(memories)).not.toContain('clock')
    expect(namesIn(memories)).not.toContain('Whose memories')
    expect(namesIn(panel)).not.toContain('Change…')
    expect(
      await toldBeside(tomas, () =>
        tomas.visitor.do({ do: 'command', channel: thread, path: ['state'], options: { whose: 'Mira' } }),
      ),
    ).toContain('Yours is under **Bo**')
    const memory = await redrawn(
      memories,
      () => choose(tomas.visitor, memories, MEMORIES, 'I owe Ada.'),
      tomas,
    )
    expect(readingOf(await pressing(memory, 'Pin', tomas))).toContain('📌 **Bo** keeps this')
    expect(await run('relation show', {}, tomas)).toContain('**Bo** to **Ada**')
    expect(await run('relation show', { from: 'Mira' }, tomas)).toContain('Yours is under **Bo**')
  })

  test('whose persona is elsewhere, the scene stays hidden', async () => {
    await playBo()
    await inHouse()
    const panel = await open(tomas)
    expect(readingOf(panel)).toContain('**Bo** is not in the scene')
    expect(readingOf(panel)).not.toMatch(/House|key|Mira/u)
    expect(await run('scene show', {}, tomas)).not.toContain('House')
    expect(await run('activity show', { who: 'Mira' }, tomas)).toContain('Nothing is known')
  })
})

describe('what is pressed later', () => {
  test('is refused to one who may not do it any more, and shows them what they may know', async () => {
    await playBo()
    await run('memory add', { owner: 'Bo', text: 'I owe Ada.' })
    const memories = await open(tomas, { page: 'memories' })
    const memory = await redrawn(
      memories,
      () => choose(tomas.visitor, memories, MEMORIES, 'I owe Ada.'),
      tomas,
    )
    await run('persona clear', {}, tomas)
    const pinned = await pressing(memory, 'Pin', tomas)
    expect(readingOf(pinned)).toContain('no longer in the story')
    expect(readingOf(pinned)).not.toContain('I owe Ada.')
  })

  test('is refused to one who does not lead the story any more', async () => {
    const moderating = (allow: bigint) =>
      setOverwrite(world.discord.world, world.stories, {
        ...{ id: world.discord.ids.people.second, type: OverwriteType.Member },
        ...{ allow: allow.toString(), deny: '0' },
      })
    moderating(PermissionFlagsBits.ManageMessages)
    const panel = await open(tomas)
    expect(readingOf(panel)).toContain('You lead this story')
    const weather = await formOf(panel, () => choose(tomas.visitor, panel, 'Change…', 'The weather'), tomas)
    moderating(0n)
    for (const act of [
      () => weather.submit({ weather: 'fog' }),
      () => choose(tomas.visitor, panel, 'Change…', 'The time'),
    ])
      expect(await toldBeside(tomas, act)).toContain('Only whoever started this story, or a moderator')
    const refreshed = await pressing(panel, 'Refresh', tomas)
    expect(namesIn(refreshed)).not.toContain('Change…')
    expect(await run('clock show')).toBe('### Day 1, 08:00')
  })

  test('about a memory that is gone by now, says so and shows those that are there', async () => {
    await run('memory add', { owner: 'Mira', text: 'The lamp went out.' })
    const openMemory = async () =>
      choosing(await open(mara, { whose: 'Mira' }), MEMORIES, 'The lamp went out.')
    const [list, pinning, editing] = [
      await open(mara, { whose: 'Mira' }),
      await openMemory(),
      await openMemory(),
    ]
    const form = await formOf(editing, () => press(mara.visitor, editing, 'Edit'))
    const asked = await mara.player.command(thread, ['memory', 'forget'], { owner: 'Mira', memory: 'lamp' })
    await mara.player.clickForReply(asked, 'Forget it')
    for (const shown of [
      await form.fill({ text: 'A gale.' }),
      await pressing(pinning, 'Pin'),
      await choosing(list, MEMORIES, 'The lamp went out.'),
    ])
      expect(readingOf(shown)).toMatch(/^### What Ada remembers[\s\S]*not in force here any more/u)
  })

  test('about someone who has left the story, says so', async () => {
    await playBo()
    const panel = await open()
    const form = await formAfter(panel, 'What Bo does')
    await run('persona clear', {}, tomas)
    expect(readingOf(await form.fill({ posture: 'sitting' }))).toContain('no longer in the story')
  })

  test('in a thread whose story is gone, says where to go', async () => {
    const panel = await open()
    const form = await formAfter(panel, 'The weather')
    await (await mara.player.openForm(thread, ['story', 'delete'])).fill({ name: FORM.title })
    expect(await toldBeside(mara, () => form.submit({ weather: 'fog' }))).toContain(
      'This works in a story’s thread',
    )
    expect(await toldBeside(mara, () => press(mara.visitor, panel, 'Refresh'))).toContain(
      'This works in a story’s thread',
    )
  })
})

describe('/relations', () => {
  test('says that there is nothing to draw, then draws what is felt and says it in words', async () => {
    expect(await run('relations')).toContain('There is nothing to draw yet')
    await run('relation set', { from: 'Mira', to: 'Ada', affinity: 90, trust: 20 })
    await run('relation set', { from: 'Ada', to: 'Mira', affinity: 60 })
    const drawn = await mara.player.command(thread, ['relations'])
    expect(drawn.flags).toBe(64)
    expect(drawn.content).toContain('affinity / trust')
    expect(drawn.attachments).toMatchObject([
      {
        filename: 'relations.png',
        description: 'Mira to Ada: affinity 90, trust 20\nAda to Mira: affinity 60, trust 50',
      },
    ])
  })

  test('draws for a player what their own persona feels', async () => {
    await playBo()
    await run('relation set', { from: 'Mira', to: 'Bo', affinity: 10 })
    expect(await run('relations', {}, tomas)).toContain('nobody yet about whom **Bo** feels')
    await run('relation set', { from: 'Bo', to: 'Mira', affinity: 90 })
    const drawn = await tomas.player.command(thread, ['relations'])
    expect(drawn.attachments[0]).toMatchObject({ description: 'Bo to Mira: affinity 90, trust 50' })
  })
})
