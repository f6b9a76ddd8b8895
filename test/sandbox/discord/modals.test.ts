import { describe, expect, it } from 'vitest'
import { interactionStage as setUp } from './interaction-stage.ts'
import { flawsAt, type Json } from './stage.ts'

const input = (customId: string, more: Json = {}) => ({ type: 4, style: 1, custom_id: customId, ...more })
const label = (text: string, component: Json) => ({ type: 18, label: text, component })
const modal = (...components: Json[]) => ({
  type: 9,
  data: { custom_id: 'form', title: 'A form', components },
})
describe('modals', () => {
  const opened = async (...components: Json[]) => {
    const on = await setUp()
    const interaction = on.use()
    const status = (await on.answer(modal(...components))).status
    return {
      ...on,
      interaction,
      status,
      submit: (values: Record<string, string>) => on.player.submit(interaction, values),
    }
  }

  it('open for the one who asked, and give back their values in the shape they were built of', async () => {
    const title = label('Title', input('title'))
    const older = { type: 1, components: [input('premise', { label: 'Premise', style: 2, required: false })] }
    const { ofPlayer, ofSecond, submit, given, answer, status } = await opened(title, older)
    expect(status).toBe(204)
    expect(ofPlayer.named('modal')).toMatchObject([{ modal: { custom_id: 'form', title: 'A form' } }])
    expect(ofSecond.named('modal')).toEqual([])
    submit({ title: 'A tale' })
    expect(given()).toMatchObject({
      type: 5,
      data: {
        custom_id: 'form',
        components: [
          { type: 18, component: { type: 4, custom_id: 'title', value: 'A tale' } },
          { type: 1, components: [{ type: 4, custom_id: 'premise', value: '' }] },
        ],
      },
    })
    await answer({ type: 4, data: { content: 'ok' } })
    expect(() => submit({ title: 'Twice' })).toThrow('This form is no longer open.')
  })

  it.each<[string, Record<string, string>, string]>([
    ['a required field left empty', { title: '' }, '“Title” is required.'],
    ['too short', { title: 'ab' }, '“Title” must have at least 3 characters.'],
    ['too long', { title: 'abcdefg' }, '“Title” must have at most 6 characters.'],
    ['a field it does not have', { title: 'abcd', x: '' }, 'This form has no field “x”.'],
  ])('hold their fields to their limits: %s', async (_, values, words) => {
    const { submit } = await opened(label('Title', input('title', { min_length: 3, max_length: 6 })))
    expect(() => submit(values)).toThrow(words)
  })

  it('stay open when their submission is not answered', async () => {
    const { submit, clock, ofPlayer, answer } = await opened(label('Title', input('title')))
    submit({ title: 'a' })
    await clock.advance(3_001)
    expect(ofPlayer.named('interaction_failed')).toHaveLength(1)
    submit({ title: 'b' })
    expect((await answer({ type: 5 })).status).toBe(204)
  })

  it.each<[string, Json[], (string | number)[], string]>([
    ['no parts', [], ['components'], 'BASE_TYPE_REQUIRED'],
    [
      'six parts',
      ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => label(id, input(id))),
      ['components'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a label over 45 characters',
      [label('l'.repeat(46), input('a'))],
      ['components', 0, 'label'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a row without a label',
      [{ type: 1, components: [input('a')] }],
      ['components', 0, 'components', 0, 'label'],
      'BASE_TYPE_REQUIRED',
    ],
    [
      'a custom id twice',
      [label('a', input('a')), label('b', input('a'))],
      ['components', 1],
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'an input with a label inside a label',
      [label('a', input('a', { label: 'b' }))],
      ['components', 0, 'component', 'label'],
      'COMPONENT_LABEL_NOT_ALLOWED',
    ],
  ])('are refused with %s', async (_, parts, place, code) => {
    const { use, answer } = await setUp()
    use()
    const refused = await answer(modal(...parts))
    expect(refused.body.code).toBe(50035)
    expect(flawsAt(refused, ...place)).toEqual([code])
  })

  it('cannot answer a modal', async () => {
    const { submit, answer } = await opened(label('Title', input('title')))
    submit({ title: 'a' })
    expect(flawsAt(await answer(modal(label('b', input('b')))), 'type')).toHaveLength(1)
  })
})
