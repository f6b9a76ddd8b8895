import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BUILT_IN_PROMPTS } from '../../src/config/prompts.ts'
import { en } from '../../src/locales/en.ts'
import { iris, mara, type Options, run as runOf, thread, world } from './server.ts'

const { prompt: words } = en
const name = 'narrator'

const run = (verb: string, options: Options = {}, player = iris) =>
  runOf(player, `prompt ${verb}`, { name, ...options })
const edit = () => iris.openForm(thread, ['prompt', 'edit'], { name })
const write = async (text: string) => (await (await edit()).fill({ text })).content
const builtIn = async () =>
  (await readFile(join(BUILT_IN_PROMPTS, `${name}.md`), 'utf8')).replace(/^<!--.*-->\s*/u, '').trim()
const rules = async (line: string): Promise<string> => {
  await mara.say(thread, line)
  await mara.answer(thread)
  const body = world.prose().at(-1)?.body as { readonly messages: readonly { readonly content: string }[] }
  return body.messages[0]?.content ?? ''
}

describe('/prompt', () => {
  test('the form has the text in force, and what is saved is in force from the next turn on', async () => {
    const form = await edit()
    expect(form.title).toBe('Prompt: narrator')
    expect(form.values.text).toBe(await builtIn())
    const saved = await form.fill({ text: 'Tell it to {{user}} in rhymes.' })
    expect(saved.content).toBe(words.saved(name, 1))
    expect(await rules('*I knock.*')).toMatch(/^Tell it to Ada in rhymes\.\n/u)
    expect((await edit()).values.text).toBe('Tell it to {{user}} in rhymes.')
    expect(await run('show')).toBe(`${words.own(name, 1)}\n\nTell it to {{user}} in rhymes.`)
  })

  test('what Skein brings along can stand within it', async () => {
    await write('{{original}}\n\nTell it in rhymes.')
    const told = await rules('*I knock.*')
    expect(told).toContain((await builtIn()).split('\n').at(-1))
    expect(told).toContain('\n\nTell it in rhymes.')
    expect(await run('show')).toContain('{{original}}')
  })

  test('macros that mean nothing are pointed out, and kept', async () => {
    expect(await write('{{char}}, {{ORIGINAL}} {{mood}} {{roll:d6}} {{mood}} {{lastMessage}}')).toBe(
      `${words.saved(name, 1)}\n${words.unknownMacros('{{mood}}, {{lastMessage}}')}`,
    )
    expect(await rules('*I knock.*')).toContain('{{mood}}')
  })

  test('a reset goes back to what Skein brings along, and says so where there is nothing to reset', async () => {
    expect(await run('reset')).toBe(words.noOwn)
    await write('Tell it in rhymes.')
    expect(await run('reset')).toBe(words.wasReset(name))
    expect(await rules('*I knock.*')).not.toContain('rhymes')
    expect((await edit()).values.text).toBe(await builtIn())
  })

  test('the history has all versions with who and when, and each can be shown', async () => {
    expect(await run('history')).toBe(words.noHistory(name))
    await write('Tell it in rhymes.')
    await run('reset')
    await write('Tell it in *prose*.')
    const who = `<@${world.discord.ids.people.admin}>`
    const history = await run('history')
    expect(history.replace(/<t:\d+:f>/gu, 'then')).toBe(
      [
        words.historyOf(name),
        `- **3** · then · ${who} · 19 characters`,
        `- **2** · then · ${who} · back to the one that Skein brings along`,
        `- **1** · then · ${who} · 18 characters`,
      ].join('\n'),
    )
    expect(await run('show', { version: 1 })).toBe(`${words.past(name, 1)}\n\nTell it in rhymes.`)
    expect(await run('show', { version: 3 })).toContain('Tell it in \\*prose\\*.')
    for (const version of [2, 4]) expect(await run('show', { version })).toBe(words.noVersion(version))
  })

  test('what is longer than a message is shown as a file', async () => {
    const text = `Tell it. ${'More. '.repeat(600)}`.trim()
    await write(text)
    const { content, attachments } = await iris.command(thread, ['prompt', 'show'], { name })
    expect(content).toContain(words.own(name, 1))
    const [file] = attachments
    expect(file?.filename).toBe('narrator.md')
    const whole = await fetch(`${world.discord.origin}${file?.url}`).then((answer) => answer.text())
    expect(whole).toBe(text)
  })

  test('nothing, or what is in force already, is not saved', async () => {
    expect((await (await edit()).fill({})).content).toBe(words.unchanged)
    expect(await write('   ')).toBe(words.blank)
    expect(await run('history')).toBe(words.noHistory(name))
  })

  test('is for admins, also at the next step', async () => {
    for (const verb of ['show', 'edit', 'reset', 'history'])
      expect(await run(verb, {}, mara)).toBe(en.settings.adminsOnly)
    const { members, ids } = world.discord.world
    const known = members.get(ids.people.player)
    if (!known) throw new Error('Mara is no member')
    members.put(ids.people.player, { ...known, roles: [ids.roles.admin] })
    const form = await mara.openForm(thread, ['prompt', 'edit'], { name })
    members.put(ids.people.player, known)
    expect((await form.fill({ text: 'Tell it in rhymes.' })).content).toBe(en.settings.adminsOnly)
    expect(await run('history')).toBe(words.noHistory(name))
  })
})
