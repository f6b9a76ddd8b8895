import { describe, expect, test } from 'vitest'
import { nameOnly } from '../../src/story/cast.ts'
import { clearPersona, createCharacter, reviseCharacter, setPersona } from '../../src/story/edit/people.ts'
import { setActivity } from '../../src/story/edit/world.ts'
import { parseEvent } from '../../src/story/event.ts'
import { fold, textsIn } from '../../src/story/state.ts'
import { accepted, ada, adaHerself, ben, by, having, mira, told, wordsIn } from './given.ts'

const mirasIn = (state: typeof told) => state.cast.characters.find(({ character }) => character === mira)
const adasIn = (state: typeof told) => state.cast.personas.find(({ player }) => player === ada.id)

describe('characters', () => {
  test('given a story, when a character is created, then each of its texts is one of its own', () => {
    const created = accepted(by(createCharacter, { name: ' Eli ', voice: '"Aye."', kickoff: 'Dawn.' })(told))
    expect(wordsIn(created)).toEqual(['Eli', '"Aye."', 'Dawn.'])
    const [name = '', voice = '', kickoff = ''] = created.texts.map(({ id }) => id)
    expect(created.state.cast.characters.at(-1)).toEqual({
      ...nameOnly(name),
      character: expect.any(String),
      voice,
      kickoff,
    })
  })

  test('given a character, when it is revised, then what is left out stays, and the event holds what it was', () => {
    const first = having(told, by(reviseCharacter, { character: mira, traits: 'Dry.', backstory: 'Long.' }))
    const second = accepted(by(reviseCharacter, { character: mira, name: 'Mirabel', traits: null })(first))
    const { character: _, ...before } = mirasIn(first) ?? { character: mira }
    const identity = { ...before, name: second.texts[0]?.id, traits: null }
    expect(second.events).toEqual([
      { type: 'character.revised', data: { ...identity, character: mira, before } },
    ])
    expect(mirasIn(second.state)).toEqual({ ...identity, character: mira })
  })

  test('a revised character keeps its place among the others', () => {
    const revised = having(told, by(reviseCharacter, { character: mira, name: 'Mirabel' }))
    expect(revised.cast.characters[0]?.character).toBe(mira)
  })

  test('who is unknown, or nothing new, is refused', () => {
    expect(by(reviseCharacter, { character: adaHerself, name: 'x' })(told)).toEqual({
      refused: 'unknown_entity',
    })
    expect(by(reviseCharacter, { character: mira })(told)).toEqual({ refused: 'nothing_changed' })
    expect(by(createCharacter, { name: '' })(told)).toEqual({ refused: 'malformed', fields: ['name'] })
  })
})

describe('personas', () => {
  test('given a player without one, when they set a persona, then they have one', () => {
    const taken = accepted(by(setPersona, { player: ben.id, name: 'Bo', pronouns: 'they' })(told))
    expect(taken.events.map(({ type }) => type)).toEqual(['persona.taken'])
    expect(wordsIn(taken)).toEqual(['Bo', 'they'])
    expect(taken.state.cast.personas).toHaveLength(2)
  })

  test('given a persona, when it is set anew, then it is the same one, and the event holds what it was', () => {
    const first = having(told, by(setPersona, { player: ada.id, name: 'Ada', description: 'A smuggler.' }))
    const { persona: _, player: _2, ...before } = adasIn(first) ?? { persona: '', player: '' }
    const second = accepted(by(setPersona, { player: ada.id, name: 'Adah' })(first))
    const identity = { ...before, name: second.texts[0]?.id }
    expect(second.events).toEqual([
      { type: 'persona.revised', data: { ...identity, persona: adaHerself, before } },
    ])
    expect(adasIn(second.state)).toEqual({ ...identity, persona: adaHerself, player: ada.id })
  })

  test('given a persona, when it is cleared, then it is gone with what it did, and the event holds what it was', () => {
    const busy = having(told, by(setActivity, { entity: adaHerself, activity: { posture: 'sits' } }))
    const cleared = accepted(by(clearPersona, { player: ada.id })(busy))
    const { persona, player, ...before } = adasIn(busy) ?? {}
    expect(cleared.events).toEqual([{ type: 'persona.dropped', data: { persona, player, before } }])
    expect([cleared.state.cast.personas, cleared.state.activities]).toEqual([[], []])
    expect(by(clearPersona, { player: ada.id })(cleared.state)).toEqual({ refused: 'no_persona' })
  })

  test('given a persona, when its player takes another, then nothing of the last one is left', () => {
    const busy = having(told, by(setActivity, { entity: adaHerself, activity: { posture: 'sits' } }))
    const identity = { name: 't1', description: null, pronouns: null }
    const other = fold(
      [{ type: 'persona.taken', data: { ...identity, persona: 'p2', player: ada.id } }],
      busy,
    )
    expect(other.cast.personas.map(({ persona }) => persona)).toEqual(['p2'])
    expect(other.activities).toEqual([])
  })
})

test('what was introduced before characters had voices and personas pronouns still reads', () => {
  const mine = { persona: 'p', player: '1001', name: 't1', description: null }
  const hers = { character: 'c', name: 't2', persona: null }
  expect(parseEvent('persona.taken', 1, mine).data).toEqual({ ...mine, pronouns: null })
  expect(parseEvent('character.introduced', 1, hers).data).toEqual({ ...nameOnly('t2'), character: 'c' })
})

test('a state knows every text that it points to', () => {
  const written = accepted(
    by(createCharacter, { name: 'Eli', persona: 'a', voice: 'b', traits: 'c', relationship: 'd' })(told),
  )
  expect(textsIn(written.state)).toEqual(expect.arrayContaining(written.texts.map(({ id }) => id)))
  expect(textsIn(written.state)).not.toContain(mira)
})
