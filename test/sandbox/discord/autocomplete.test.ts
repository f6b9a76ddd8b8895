import { describe, expect, it } from 'vitest'
import { interactionStage } from './interaction-stage.ts'
import { flawsAt, type Json } from './stage.ts'

const choice = (name: string, value: string | number = name) => ({ name, value })

const setUp = async () => {
  const on = await interactionStage()
  const pick = {
    type: 1,
    name: 'pick',
    description: 'Pick one',
    options: [
      { type: 3, name: 'title', description: 'Its title', required: true, autocomplete: true },
      { type: 4, name: 'turn', description: 'Its turn', autocomplete: true },
      { type: 5, name: 'loud', description: 'Loud or not' },
    ],
  }
  const command = { name: 'story', description: 'Stories', options: [pick] }
  await on.callLater('PUT', `/applications/${on.discord.ids.bot}/commands`, [command])
  const type = (options: Record<string, string | number | boolean>, focused = 'title') =>
    on.player.suggest(on.stories, ['story', 'pick'], options, focused)
  const offer = (...choices: Json[]) => on.answer({ type: 8, data: { choices } })
  return { ...on, type, offer }
}

describe('an option with autocomplete', () => {
  it('cannot have choices of its own too', async () => {
    const { callLater, discord } = await setUp()
    const option = { type: 3, name: 'a', description: 'b', autocomplete: true, choices: [choice('x')] }
    const path = `/applications/${discord.ids.bot}/commands`
    const answer = await callLater('POST', path, { name: 'c', description: 'd', options: [option] })
    expect(flawsAt(answer, 'options', 0, 'autocomplete')).toEqual([
      'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
    ])
  })

  it('takes any text in the end, not only one that was suggested', async () => {
    const { player, stories, given } = await setUp()
    player.command(stories, ['story', 'pick'], { title: 'Unheard of' })
    expect(given().type).toBe(2)
  })
})

describe('typing', () => {
  it('asks the application with what is filled in so far, the option being typed marked and unchecked', async () => {
    const { type, given } = await setUp()
    const id = type({ turn: 'abc', loud: true }, 'turn')
    const options = [
      { name: 'turn', type: 4, value: 'abc', focused: true },
      { name: 'loud', type: 5, value: true },
    ]
    expect(given()).toMatchObject({
      id,
      type: 4,
      data: { name: 'story', type: 1, options: [{ name: 'pick', type: 1, options }] },
    })
  })

  it('gives the choices to the one who types, and makes no message', async () => {
    const { type, offer, ofPlayer, ofSecond, call, stories } = await setUp()
    const interaction = type({ title: 'Fo' })
    expect((await offer(choice('The Fox', 'fox'))).status).toBe(204)
    const choices = [{ name: 'The Fox', value: 'fox' }]
    expect(ofPlayer.named('choices')).toEqual([{ name: 'choices', interaction, choices }])
    expect(ofSecond.named('choices')).toEqual([])
    expect((await call('GET', `/channels/${stories}/messages`)).body).toEqual([])
  })

  it('that nobody answers within 3 seconds has no choices, and then it is too late (10062)', async () => {
    const { type, offer, ofPlayer, clock } = await setUp()
    const interaction = type({ title: '' })
    await clock.advance(3_001)
    expect(ofPlayer.named('choices')).toEqual([{ name: 'choices', interaction, choices: [] }])
    expect(ofPlayer.named('interaction_failed')).toEqual([])
    expect((await offer()).body.code).toBe(10062)
  })

  it.each<[string, Json[], (string | number)[], string]>([
    [
      '26 choices',
      Array.from({ length: 26 }, (_, n) => choice(`c${n}`)),
      ['choices'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a name of 101 characters',
      [choice('n'.repeat(101), 'v')],
      ['choices', 0, 'name'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['no name', [choice('', 'v')], ['choices', 0, 'name'], 'BASE_TYPE_REQUIRED'],
    [
      'a value of 101 characters',
      [choice('n', 'v'.repeat(101))],
      ['choices', 0, 'value'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['a number for a text', [choice('n', 5)], ['choices', 0, 'value'], 'STRING_TYPE_CONVERT'],
  ])('is not answered by %s: 50035, and the answer may be tried again', async (_, choices, place, code) => {
    const { type, offer } = await setUp()
    type({ title: 'x' })
    expect(flawsAt(await offer(...choices), ...place)).toEqual([code])
    expect((await offer(...Array.from({ length: 25 }, (_, n) => choice(`c${n}`)))).status).toBe(204)
  })

  it('into a number is answered with numbers', async () => {
    const { type, offer } = await setUp()
    type({ turn: '1' }, 'turn')
    expect(flawsAt(await offer(choice('One', '1')), 'choices', 0, 'value')).toEqual(['NUMBER_TYPE_COERCE'])
    expect((await offer(choice('One', 1))).status).toBe(204)
  })

  it('is answered with choices alone, once, and has no webhook; choices answer nothing else', async () => {
    const { type, offer, answer, webhook, player, stories } = await setUp()
    type({ title: 'x' })
    for (const other of [{ type: 4, data: { content: 'x' } }, { type: 5 }, { type: 9, data: {} }]) {
      expect(flawsAt(await answer(other), 'type')).toEqual(['INTERACTION_RESPONSE_TYPE_INVALID'])
    }
    expect((await offer()).status).toBe(204)
    expect((await offer()).body.code).toBe(40060)
    expect((await webhook('POST', '', { content: 'x' })).body.code).toBe(10015)
    player.command(stories, ['story', 'pick'], { title: 'x' })
    expect(flawsAt(await offer(), 'type')).toEqual(['INTERACTION_RESPONSE_TYPE_INVALID'])
  })

  it('needs an option that suggests, in a command that is there', async () => {
    const { type, player, stories } = await setUp()
    expect(() => type({}, 'loud')).toThrow('“loud” suggests nothing.')
    expect(() => type({}, 'mood')).toThrow('no option “mood”')
    expect(() => player.suggest(stories, ['story'], {}, 'title')).toThrow('Choose one of its subcommands.')
    expect(() => player.suggest(stories, ['tale'], {}, 'title')).toThrow('There is no command /tale.')
  })
})
