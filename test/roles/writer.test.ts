import { describe, expect, test } from 'vitest'
import { growingAnswer, readAnswer, writerPrompt } from '../../src/roles/writer.ts'
import { isRefusal, start } from '../../src/story/decide.ts'
import type { Head } from '../../src/story/head.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState } from '../../src/story/state.ts'
import { countingIds } from '../doubles/ids.ts'

const begun = start(
  emptyState,
  {
    player: { id: '1001', displayName: 'ada_l' },
    title: 'The Lighthouse',
    premise: 'The light went out.',
    character: { name: 'Mira', persona: 'The keeper’s daughter.' },
    you: 'Ada, a smuggler',
  },
  countingIds(),
)
if (isRefusal(begun)) throw new Error(begun.refused)
const head: Head = {
  ref: { story: 's', branch: ROOT_BRANCH },
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
