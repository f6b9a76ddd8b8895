import { beforeEach, describe, expect, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import { FORM } from '../doubles/player.ts'
import { iris, mara, run, thread, tomas, world } from './server.ts'

const nothingChanged = en.change.refused.nothing_changed

describe('/settings', () => {
  test('of the server are set by admins, and everyone sees what holds and where it comes from', async () => {
    const machines = Intl.DateTimeFormat().resolvedOptions().timeZone
    const usual = [
      '**For this server**',
      `- Time zone: **${machines}** · of the machine that Skein runs on`,
      '- Prose without marks: **taken as it is** · as usual',
      `-# ${en.settings.elsewhere}`,
    ].join('\n')
    expect(await run(tomas, 'settings show', {}, world.stories)).toBe(usual)
    expect(await run(iris, 'settings server', { zone: 'pacific/chatham', segmenter: true })).toBe(
      [
        'It holds from the next turn on.',
        `**Time zone**: ${machines} → Pacific/Chatham`,
        '**Prose without marks**: taken as it is → a model is asked what is what',
      ].join('\n'),
    )
    expect(await run(iris, 'settings server', { segmenter: true })).toBe(nothingChanged)
    const shown = await run(tomas, 'settings show', {}, world.stories)
    expect(shown).toContain('- Time zone: **Pacific/Chatham** · set for this server')
    expect(shown).toContain('**a model is asked what is what** · set for this server')
    await run(iris, 'settings server', { zone: '-', segmenter: false })
    expect(await run(tomas, 'settings show', {}, world.stories)).toBe(usual)
  })

  test('a time zone is suggested by its city, and anything else is refused', async () => {
    const suggest = (zone: string) => iris.suggested(thread, ['settings', 'server'], { zone }, 'zone')
    expect(await suggest('new york')).toEqual(['America/New_York'])
    expect((await suggest('')).length).toBe(25)
    for (const zone of ['Atlantis', '+01:00', 'Europe', ' '])
      expect(await run(iris, 'settings server', { zone })).toContain(`“${zone.trim()}” is no time zone`)
    expect(await run(iris, 'settings server')).toBe(en.settings.nothingSaid)
    expect(await run(tomas, 'settings server', { zone: 'UTC' })).toBe(en.settings.adminsOnly)
    expect(await run(iris, 'settings show')).toContain('of the machine that Skein runs on')
  })

  test('of a story are set by whoever is in charge of it, and hold for that story alone', async () => {
    const other = await mara.start(world.stories, { ...FORM, title: 'The Forest' })
    expect(await run(mara, 'settings story', { writing: 'lean', length: 300 })).toBe(
      [
        'It holds from the next turn on.',
        '**Writing**: as usual → lean: a rule chooses who speaks',
        '**Length of answers**: as usual → at most 300 tokens',
      ].join('\n'),
    )
    const shown = await run(tomas, 'settings show')
    expect(shown).toContain('- Writing: **lean: a rule chooses who speaks** · set for this story')
    expect(shown).toContain('- Length of answers: **at most 300 tokens** · set for this story')
    const usual = [
      '- Writing: **bare: as lean, and nothing is noted of what a turn brings about** · as usual',
      '- Length of answers: **at most 700 tokens** · as usual',
    ].join('\n')
    expect(await run(tomas, 'settings show', {}, other)).toContain(usual)
    expect(await run(iris, 'settings story', { writing: 'usual' })).toContain('chooses who speaks → as usual')
    expect(await run(mara, 'settings story', { length: 0 })).toContain('at most 300 tokens → as usual')
  })

  test('of a story that cannot be are refused, and change nothing', async () => {
    expect(await run(mara, 'settings story', { writing: 'full', length: 49 })).toBe(en.settings.badLength(49))
    await expect(run(mara, 'settings story', { length: 4001 })).rejects.toThrow('at most 4000')
    expect(await run(mara, 'settings story')).toBe(en.settings.nothingSaid)
    expect(await run(tomas, 'settings story', { writing: 'full' })).toBe(en.settings.notYours)
    expect(await run(mara, 'settings story', { writing: 'full' }, world.stories)).toContain(
      'This works in a story’s thread',
    )
    expect(await run(mara, 'settings show')).toMatch(/- Writing: \*\*bare.*\*\* · as usual/u)
  })
})

describe('/model', () => {
  let link: string
  let connection: string
  beforeEach(async () => {
    const links = await mara.suggested(thread, ['model', 'set'], { role: 'writer', model: '' }, 'model')
    link = links.find((one) => one.endsWith(`/${world.model.model}`)) ?? ''
    connection = link.slice(0, link.indexOf('/'))
  })

  test('the list has the connections, and for each role who is asked', async () => {
    const listed = await run(tomas, 'model list')
    expect(listed).toContain(`- **writer** · ${link}\n`)
    expect(listed).toContain(`- **planner** · ${link}\n`)
    expect(listed).toContain(`- **${connection}** · `)
  })

  test('what a story chose is asked before what its server chose, and that before the usual', async () => {
    const [forStory, forServer] = [`${connection}/harp`, `${connection}/lute`]
    const server = { role: 'planner', where: 'server' }
    const story = { role: 'planner', where: 'story' }
    expect(await run(iris, 'model set', { ...server, model: forServer })).toBe(
      [
        'From the next call on, for all stories of this server that chose none:',
        `- **planner** · ${forServer} (for this server) → ${link}`,
        en.model.unlisted,
      ].join('\n'),
    )
    await run(mara, 'model set', { role: 'planner', model: forStory })
    const row = `- **planner** · ${forStory} (for this story) → ${forServer} (for this server) → ${link}`
    expect(await run(tomas, 'model list')).toContain(row)
    expect(await run(iris, 'model set', { ...story, model: forStory })).toBe(en.model.unchanged)
    await run(iris, 'model set', server)
    expect(await run(mara, 'model set', story)).toBe(
      `From the next call on, for this story:\n- **planner** · ${link}`,
    )
  })

  test('what names no connection, and whoever may not choose, is refused, and nothing changes', async () => {
    const before = await run(mara, 'model list')
    for (const model of ['nowhere/bard', connection, `${connection}/`, '/bard'])
      expect(await run(mara, 'model set', { role: 'writer', model })).toContain(
        `names no connection. Write it as \`connection/model\`; there is: ${connection}.`,
      )
    expect(await run(tomas, 'model set', { role: 'writer', model: link })).toBe(en.model.notYours)
    const server = { role: 'writer', model: link, where: 'server' }
    expect(await run(mara, 'model set', server)).toBe(en.settings.adminsOnly)
    expect(await run(mara, 'model set', { role: 'writer', model: link }, world.stories)).toContain(
      'This works in a story’s thread',
    )
    expect(await run(mara, 'model list')).toBe(before)
  })

  test('for one answer is chosen by those who lead the story, and has to name a connection', async () => {
    await mara.say(thread, '*knocks*')
    await mara.answer(thread)
    const suggested = await mara.suggested(thread, ['regenerate'], { model: '' }, 'model')
    expect(suggested).toContain(link)
    const before = world.prose().length
    for (const model of ['nowhere/bard', world.model.model, `${connection}/`])
      expect(await run(mara, 'regenerate', { model })).toContain('names no connection')
    await tomas.say(thread, '*waits*')
    await tomas.answer(thread)
    expect(await run(tomas, 'regenerate', { model: link })).toBe(en.again.modelNotYours)
    expect(world.prose()).toHaveLength(before + 1)
    expect(await run(mara, 'regenerate', { model: `${connection}/harp` })).toBe(en.again.done)
    const asked = world.model.requests().map(({ body }) => (body as { readonly model: string }).model)
    expect(asked).toContain('harp')
  })

  test('a test calls one model, and says what it answered and how fast, or what failed', async () => {
    expect(await run(iris, 'model test', { model: link }, world.stories)).toMatch(
      /\*\* answers: its first words after \d+\.\d s, all of them after \d+\.\d s\.\n> \S/u,
    )
    world.model.faults.add({ kind: 'unauthorized', times: 1 })
    const failed = await run(iris, 'model test', { model: link })
    expect(failed).toBe(`**${link}** gave no whole answer. ${en.failed({ failure: 'unauthorized' })}`)
    expect(await run(mara, 'model test', { model: link })).toBe(en.settings.adminsOnly)
    expect(await run(iris, 'model test', { model: 'nowhere/bard' })).toContain('names no connection')
  })
})
