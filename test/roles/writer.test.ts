import { describe, expect, test } from 'vitest'
import { calledIn, growingAnswer, readAnswer, writerPrompt } from '../../src/roles/writer.ts'
import { isRefusal, start } from '../../src/story/decide.ts'
import { createCharacter, reviseCharacter, setPersona } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import { NARRATOR, ROOT_BRANCH } from '../../src/story/ref.ts'
import type { Resets } from '../../src/story/reset.ts'
import { emptyState, type StoryState } from '../../src/story/state.ts'
import { asUsual, type Turn } from '../../src/story/turn.ts'
import { countingIds } from '../doubles/ids.ts'

const ids = countingIds()
const begun = start(
  emptyState,
  {
    player: { id: '1001', displayName: 'ada_l' },
    title: 'The Lighthouse',
    premise: 'The light went out.',
    character: { name: 'Mira', persona: 'The keeper’s daughter.' },
    you: 'Ada, a smuggler',
  },
  ids,
)
if (isRefusal(begun)) throw new Error(begun.refused)
const head: Head = {
  ref: { story: 's', branch: ROOT_BRANCH },
  strand: 1,
  seq: 4,
  state: begun.state,
  words: new Map(begun.texts.map(({ id, body }) => [id, body])),
}
const mira = begun.state.cast.characters[0]?.character ?? ''
const asMira: Head = {
  ...head,
  state: { ...head.state, turn: { ...head.state.turn, speaker: mira, opening: false } },
}

describe('the writer’s prompt', () => {
  test('tells the narrator the story, the cast and whom not to speak for, and asks for the opening', () => {
    const [system, closing] = writerPrompt(head, [])
    expect(system?.content).toContain('You are the narrator')
    expect(system?.content).toContain('Premise: The light went out.')
    expect(system?.content).toContain('- Mira (character): The keeper’s daughter.')
    expect(system?.content).toContain('- Ada (played by a person): a smuggler')
    expect(system?.content).toContain('Never speak, think or act for Ada')
    expect(closing?.content).toContain('Begin the story')
  })

  test('tells a character its own part', () => {
    const [system] = writerPrompt(asMira, [])
    expect(system?.content).toContain('You are Mira')
    expect(system?.content).toContain('# Your part\nMira: The keeper’s daughter.')
  })
})

describe('what a prompt holds of characters and personas', () => {
  const told = [
    (state: StoryState) =>
      reviseCharacter(
        state,
        '1001',
        {
          character: mira,
          voice: '"Mind the step."',
          traits: 'Counts stairs.',
          backstory: 'She put out the light.',
          relationship: 'Owes Ada money.',
          kickoff: 'A door bangs.',
        },
        ids,
      ),
    (state: StoryState) =>
      createCharacter(state, '1001', { name: 'Eli', persona: 'A ferryman.\n- Old.' }, ids),
    (state: StoryState) =>
      setPersona(state, '1001', { player: '1001', name: 'Ada', pronouns: 'she/her' }, ids),
  ].reduce<Head>(({ state, words, ...at }, change) => {
    const decision = change(state)
    if (isRefusal(decision)) throw new Error(decision.refused)
    const written = decision.texts.map(({ id, body }) => [id, body] as const)
    return { ...at, state: decision.state, words: new Map([...words, ...written]) }
  }, asMira)
  const eli = told.state.cast.characters.at(-1)?.character ?? ''
  const promptOf = (speaker: string) =>
    writerPrompt({ ...told, state: { ...told.state, turn: { ...told.state.turn, speaker } } }, [])
      .map(({ content }) => content)
      .join('\n')
  const secrets = /Mind the step|Counts stairs|put out the light|Owes Ada/u

  test('a character is told all of its own part', () => {
    expect(promptOf(mira)).toContain(
      [
        '# Your part',
        'Mira: The keeper’s daughter.',
        'What marks you: Counts stairs.',
        'What lies behind you, and only you know: She put out the light.',
        'What you and the players are to each other: Owes Ada money.',
        'How you speak, for example:\n"Mind the step."',
      ].join('\n'),
    )
  })

  test.each([
    ['another character', eli],
    ['the narrator', NARRATOR],
  ])('%s knows no more of it than the row in the cast', (_who, speaker) => {
    expect(promptOf(speaker)).toContain('- Mira (character): The keeper’s daughter.')
    expect(promptOf(speaker)).not.toMatch(secrets)
  })

  test('each of the cast has one row, players with their pronouns', () => {
    expect(promptOf(NARRATOR)).toContain('- Eli (character): A ferryman. - Old.')
    expect(promptOf(NARRATOR)).toContain('- Ada (played by a person, she/her): a smuggler')
  })

  const closing = (turn: Partial<Turn>, resets: Resets = [], words = told.words) =>
    writerPrompt(
      { ...told, words, state: { ...told.state, turn: { ...told.state.turn, ...turn }, resets } },
      [],
    )
      .slice(1)
      .map(({ content }) => content)

  test('when nobody spoke, it is asked to go on; a direction stands at the end', () => {
    const words = new Map([...told.words, ['d', 'She slams the door.']])
    const options = { ...asUsual, direction: 'd' }
    expect(closing({ opening: false, continues: true, options }, [], words)).toEqual([
      '(Nobody says anything. Go on with the story.)',
      '(Direction for this answer: She slams the door.)',
    ])
  })

  test('in the first turn after a reset the story begins anew, with the first scenes of its cast', () => {
    const resets = [{ character: null, turn: 7 }]
    expect(closing({ opening: false, number: 8 }, resets)[0]).toContain('begins anew')
    expect(closing({ opening: false, number: 8 }, resets)[0]).toContain('A door bangs.')
    expect(closing({ opening: false, number: 9 }, resets)).toEqual([])
    expect(closing({ opening: false, number: 8 }, [{ character: mira, turn: 7 }])).toEqual([])
  })

  test('one who has left the cast is not taken for the narrator', () => {
    expect(calledIn(told)('gone')).toBe('Someone')
    expect(calledIn(told)(NARRATOR)).toBe('Narrator')
  })
})

describe('what of a model’s text enters the story', () => {
  test.each([
    ['  Rain falls.  ', 'Rain falls.'],
    ['Mira: "Go."', '"Go."'],
    ['"Go."\n\nAda: I go.\n\nMira: Good.', '"Go."'],
    ['"Go."\n\n**Ada:** I go.', '"Go."'],
    ['"Go."\n**Ada**: I go.', '"Go."'],
    ['**Mira:** "Go."', '"Go."'],
    ['**Mira**: "Go."', '"Go."'],
    ['"Ada: that is what they call you."', '"Ada: that is what they call you."'],
  ])('%j becomes %j', (text, expected) => expect(readAnswer(text, asMira)).toBe(expected))
})

describe('what of a growing text is shown', () => {
  test.each([
    ['Mi', ''],
    ['**Mira', ''],
    ['Mira: "Go', '"Go'],
    ['Mirage', 'Mirage'],
    ['"Go."\n\nAd', '"Go."'],
    ['"Go."\n\nAdd salt', '"Go."\n\nAdd salt'],
  ])('%j shows %j', (text, expected) => expect(growingAnswer(text, asMira)).toBe(expected))
})
