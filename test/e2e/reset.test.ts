import { describe, expect, test } from 'vitest'
import { lastPrompt, mara, play, run, thread, told, tomas } from './table.ts'

describe('/reset', () => {
  const reset = (what: string) => mara.openForm(thread, ['reset'], { what })
  const trust = async () => run('relation show', { from: 'Mira' })

  test('the story begins anew once its title is typed, and Undo takes exactly that back', async () => {
    await run('relation set', { from: 'Mira', to: 'Ada', trust: 90 })
    const wrong = await (await reset('story')).fill({ name: 'The Lightship' })
    expect(wrong.content).toContain('“The Lightship” is not **The Lighthouse**. Nothing was changed')
    expect(await trust()).toContain('90')

    const done = await (await reset('story')).fill({ name: ' the lighthouse ' })
    expect(done.content).toContain('The story begins anew')
    await told(thread, 'let the story begin anew')
    expect(await trust()).not.toContain('90')
    await mara.clickForReply(done, 'Undo')
    await told(thread, 'undid that')
    expect(await trust()).toContain('90')
    await play('*I look down.*')
    expect(lastPrompt()).toContain('stairs')
  })

  test('one character begins anew, and forgets what came before; `/undo` takes it back later', async () => {
    const form = await reset('mira')
    expect(form.title).toBe('Begin anew: Mira')
    expect((await form.fill({ name: 'MIRA' })).content).toContain('**Mira** begins anew')
    await told(thread, 'let Mira begin anew')
    await play('"Mira, do you know me?"')
    expect(lastPrompt()).not.toContain('stairs')
    const asked = await mara.command(thread, ['undo'])
    await mara.clickForReply(asked, 'Undo')
    await play('"Mira, and now?"')
    expect(lastPrompt()).toContain('stairs')
    expect(lastPrompt()).not.toContain('do you know me')
  })

  test('is for those who lead the story, and for what is in it', async () => {
    expect(await run('reset', { what: 'story' }, tomas)).toContain('Only whoever started this story')
    expect(await run('reset', { what: 'Nell' })).toContain('“Nell”. There is: story, Mira.')
    expect(await mara.suggested(thread, ['reset'], { what: '' }, 'what')).toEqual([
      'story · everything begins anew',
      'Mira',
    ])
  })
})
