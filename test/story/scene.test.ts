import { describe, expect, test } from 'vitest'
import { say, tell } from '../../src/story/decide.ts'
import { clearPersona } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { addPlace, closeScene, joinScene, leaveScene, openScene } from '../../src/story/edit/world.ts'
import { parseEvent } from '../../src/story/event.ts'
import { present } from '../../src/story/scene.ts'
import { segment } from '../../src/story/segment.ts'
import { evolve, type StoryState } from '../../src/story/state.ts'
import { witnessesOf } from '../../src/story/witness.ts'
import { accepted, ada, adaHerself, ben, by, having, jon, mira, newId, type Step, told } from './given.ts'

const idOf = (state: StoryState, name: string) =>
  state.places.find((place) => place.name === name)?.place ?? ''
const inn = having(
  told,
  by(addPlace, { name: 'Inn', type: 'inn' }),
  (state) => by(addPlace, { name: 'Table', type: 'table', parent: idOf(state, 'Inn') })(state),
  (state) =>
    by(addPlace, { name: 'Cellar', type: 'room', parent: idOf(state, 'Inn'), audible: 'within' })(state),
)
const at = (name: string) => idOf(inn, name)
const both = { place: at('Inn'), participants: [mira, adaHerself] }
const open = having(inn, by(openScene, both))
const speaks = (text: string, player = ada): Step => {
  const words = new Map(
    told.cast.characters.map(({ name, character }) => [name, character === mira ? 'Mira' : 'Jon']),
  )
  return (state) => say(state, player, segment(text), words, newId)
}

describe('scenes', () => {
  test('given no open scene, when one opens, then its participants are where it is', () => {
    const opened = accepted(by(openScene, { ...both, participants: [mira, adaHerself, mira] })(inn))
    expect(opened.events).toEqual([{ type: 'scene.opened', data: { scene: 1, ...both } }])
    expect(opened.state.scene).toEqual({
      number: 1,
      open: {
        place: at('Inn'),
        participants: [
          { entity: mira, place: null },
          { entity: adaHerself, place: null },
        ],
        since: 2,
      },
      untold: [],
    })
  })

  test('where nobody is named, the whole cast takes part', () => {
    const { scene } = having(told, by(openScene, {}))
    expect(scene.open?.participants.map(({ entity }) => entity)).toEqual([mira, jon, adaHerself])
  })

  test('given an open scene, when someone joins, moves and leaves, then that is where they are', () => {
    const joined = accepted(by(joinScene, { entity: jon, place: at('Cellar') })(open))
    expect(joined.events).toEqual([
      { type: 'scene.joined', data: { scene: 1, entity: jon, place: at('Cellar') } },
    ])
    const moved = accepted(by(joinScene, { entity: jon, place: at('Inn') })(joined.state))
    expect(moved.events).toEqual([
      { type: 'scene.moved', data: { scene: 1, entity: jon, place: null, before: at('Cellar') } },
    ])
    expect(moved.state.scene.open?.participants.at(-1)).toEqual({ entity: jon, place: null })
    const left = accepted(by(leaveScene, { entity: jon })(moved.state))
    expect(left.events).toEqual([{ type: 'scene.left', data: { scene: 1, entity: jon, before: null } }])
    expect(left.state.scene).toEqual(open.scene)
  })

  test('given an open scene, when it closes, then the next one has the next number', () => {
    const closed = accepted(by(closeScene, { significance: 2 })(open))
    expect(closed.events).toEqual([
      { type: 'scene.closed', data: { scene: 1, significance: 2, reason: 'manual' } },
    ])
    expect(closed.state.scene).toEqual({ number: 1, open: null, untold: [] })
    expect(having(closed.state, by(openScene, {})).scene.number).toBe(2)
  })

  test('what cannot be is refused', () => {
    expect(by(openScene, {})(open)).toEqual({ refused: 'scene_open' })
    expect(by(openScene, { place: 'nowhere' })(inn)).toEqual({ refused: 'unknown_place' })
    expect(by(openScene, { participants: ['nobody'] })(inn)).toEqual({ refused: 'unknown_entity' })
    expect(by(closeScene, {})(inn)).toEqual({ refused: 'no_scene' })
    expect(by(closeScene, { significance: 4 })(open)).toEqual({
      refused: 'malformed',
      fields: ['significance'],
    })
    expect(by(joinScene, { entity: jon })(inn)).toEqual({ refused: 'no_scene' })
    expect(by(joinScene, { entity: 'narrator' })(open)).toEqual({ refused: 'unknown_entity' })
    expect(by(joinScene, { entity: jon, place: 'nowhere' })(open)).toEqual({ refused: 'unknown_place' })
    expect(by(joinScene, { entity: mira })(open)).toEqual({ refused: 'already_present' })
    expect(by(leaveScene, { entity: mira })(inn)).toEqual({ refused: 'no_scene' })
    expect(by(leaveScene, { entity: jon })(open)).toEqual({ refused: 'not_present' })
  })
})

describe('scenes that are over', () => {
  const speaking: Step[] = [speaks('"Hm."'), (state) => tell(state, 'Rain.', 'finished', newId)]
  const scene = (turns: number): Step[] => [
    by(openScene, {}),
    ...Array.from({ length: turns }, () => speaking).flat(),
    by(closeScene, {}),
  ]
  const untold = (...steps: Step[]) => having(told, ...steps).scene.untold

  test('given one in which something was told, when it closes, it waits for its summaries with its turns', () => {
    expect(untold(...speaking, ...scene(2))).toEqual([{ scene: 1, from: 3, to: 4 }])
  })

  test('the turn in which one opens still belongs before it, and the one in which it closes to it', () => {
    expect(untold(...scene(1), ...scene(1), ...speaking, ...scene(1))).toEqual([
      { scene: 1, from: 2, to: 2 },
      { scene: 2, from: 3, to: 3 },
      { scene: 3, from: 5, to: 5 },
    ])
  })

  test('given one in which nothing was told, when it closes, it needs no summary', () => {
    expect(untold(...scene(0), ...speaking, ...scene(0))).toEqual([])
  })

  test('when it is told what is kept of one, it waits no longer, and the others do', () => {
    const two = having(told, ...scene(1), ...scene(1))
    const after = evolve(two, { type: 'scene.summarised', data: { scene: 1 } })
    expect(after.scene).toEqual({ ...two.scene, untold: [{ scene: 2, from: 3, to: 3 }] })
    expect(evolve(after, { type: 'scene.summarised', data: { scene: 1 } })).toEqual(after)
  })

  test('given many that wait, the oldest go without', () => {
    const many = untold(...Array.from({ length: 10 }, () => scene(1)).flat())
    expect(many.map(({ scene: number }) => number)).toEqual([3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('given one that waits, when the story begins anew, it does not', () => {
    expect(untold(...scene(1), by(resetStory, { scope: 'story' }))).toEqual([])
  })

  test('given one that waits, when a character begins anew, it still does: others were in it', () => {
    expect(untold(...scene(1), by(resetStory, { scope: 'character', character: mira }))).toHaveLength(1)
  })

  test.each(['place', 'ending', 'time', 'manual'])('one may be over because of: %s', (reason) =>
    expect(parseEvent('scene.closed', 1, { scene: 1, significance: 0, reason })).toMatchObject({
      data: { reason },
    }),
  )

  test('given one of which the log does not say why it is over, it is from before, and waits for nothing', () => {
    const before = parseEvent('scene.closed', 1, { scene: 1, significance: 0 })
    expect(before).toMatchObject({ data: { reason: null } })
    const { scene: over } = evolve(having(told, by(openScene, {}), ...speaking), before)
    expect(over).toEqual({ number: 1, open: null, untold: [] })
  })
})

describe('who is present', () => {
  test('with no scene open, the whole cast', () => {
    expect(present(inn.cast, inn.scene)).toEqual(['narrator', mira, jon, adaHerself])
  })

  test('in a scene, its participants', () => {
    expect(present(open.cast, open.scene)).toEqual(['narrator', mira, adaHerself])
  })

  test('given an open scene, when a new player speaks, then their persona comes into it', () => {
    const said = accepted(speaks('I come in.', ben)(open))
    expect(said.events.slice(1, 3).map(({ type }) => type)).toEqual(['persona.taken', 'scene.joined'])
    expect(present(said.state.cast, said.state.scene)).toHaveLength(4)
  })

  test('given a persona in a scene, when its player drops it, then it is not in the scene', () => {
    const alone = having(open, by(clearPersona, { player: ada.id }))
    expect(present(alone.cast, alone.scene)).toEqual(['narrator', mira])
  })
})

describe('who witnesses', () => {
  const scattered = having(
    open,
    by(joinScene, { entity: adaHerself, place: at('Table') }),
    by(joinScene, { entity: jon, place: at('Cellar') }),
  )

  test('out of character, nobody', () => {
    expect(witnessesOf(open, adaHerself, 'ooc')).toEqual([])
  })

  test('in one place, all who are present, and nobody else', () => {
    expect(witnessesOf(open, adaHerself, 'dialogue')).toEqual(['narrator', mira, adaHerself])
  })

  test('where places differ, those within earshot', () => {
    expect(witnessesOf(scattered, mira, 'dialogue')).toEqual(['narrator', mira, adaHerself])
    expect(witnessesOf(scattered, adaHerself, 'dialogue')).toEqual(['narrator', mira, adaHerself])
    expect(witnessesOf(scattered, jon, 'dialogue')).toEqual(['narrator', jon])
  })

  test('one who is elsewhere perceives nothing of the scene, and nobody in it perceives them', () => {
    const gone = having(open, by(leaveScene, { entity: adaHerself }))
    expect(witnessesOf(gone, mira, 'dialogue')).toEqual(['narrator', mira])
    expect(witnessesOf(gone, adaHerself, 'dialogue')).toEqual(['narrator', adaHerself])
  })

  test('what the narrator tells is perceived around the player whom it answers', () => {
    const below = having(
      open,
      by(joinScene, { entity: adaHerself, place: at('Cellar') }),
      speaks('I listen.'),
    )
    const answered = accepted(tell(below, 'A drip.', 'finished', newId))
    expect(answered.events[0]).toMatchObject({ data: { witnesses: ['narrator', adaHerself] } })
  })

  test('only one who heard it answers', () => {
    expect(having(open, speaks('"Jon?"')).turn.speaker).toBe(mira)
    const below = having(open, by(joinScene, { entity: adaHerself, place: at('Cellar') }))
    expect(having(below, speaks('"Mira?"')).turn.speaker).toBe('narrator')
    expect(having(told, speaks('"Jon?"')).turn.speaker).toBe(jon)
  })
})
