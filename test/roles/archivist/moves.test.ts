import { describe, expect, test } from 'vitest'
import { createCharacter } from '../../../src/story/edit/people.ts'
import { addPlace, joinScene, leaveScene, openScene } from '../../../src/story/edit/world.ts'
import { type EntityId, NARRATOR } from '../../../src/story/ref.ts'
import type { StoryState } from '../../../src/story/state.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'
import { all, headOf, inTurn, line, settled } from './given.ts'

const placed = having(
  told,
  by(addPlace, { name: 'Kitchen', type: 'room' }),
  by(addPlace, { name: 'Attic', type: 'room' }),
  by(addPlace, { name: 'kitchen', type: 'cabin' }),
)
const [kitchen = '', attic = '', galley = ''] = placed.places.map(({ place }) => place)

/** All three are in the attic, and a turn was told there. */
const inAttic: StoryState = having(placed, by(openScene, { place: attic }))
const inTwo = (state: StoryState): StoryState => ({ ...state, turn: { ...state.turn, number: 2 } })
const withoutJon = having(inAttic, by(leaveScene, { entity: jon }))

const aside = (id: string, speaker: EntityId, text: string, ...hearers: readonly EntityId[]) =>
  line(id, speaker, text, [NARRATOR, speaker, ...hearers])
const said = [
  line('l1', adaHerself, '*I go down to the kitchen.*'),
  line('l2', NARRATOR, 'Mira and Jon follow.'),
  aside('l3', mira, '"I am off."', adaHerself),
]
type Move = { readonly who: string; readonly line: number; readonly to: string }
const after = (state: StoryState, moves: readonly unknown[], lines = said) =>
  settled({ moves }, { head: headOf(inTwo(state)), lines: inTurn(2, lines) })
const changes = (...given: Parameters<typeof after>) =>
  after(...given)
    .events.filter(({ type }) => type.startsWith('scene.'))
    .map(({ type, data }) => ({ type, ...data }))
const scene = { scene: 1 }
const away = (who: string, line: number): Move => ({ who, line, to: 'away' })
const comes = (who: string, line: number): Move => ({ who, line, to: 'here' })

describe('who leaves', () => {
  test('given a line that one perceived, when they leave by it, then they are no longer in the scene', () => {
    expect(changes(inAttic, [away('Mira', 3)])).toEqual([
      { type: 'scene.left', ...scene, entity: mira, before: null },
    ])
  })

  test('what one did not perceive, or what nobody said, makes nobody leave', () => {
    expect(changes(inAttic, [away('Jon', 3), away('Mira', 0), away('Mira', 9)])).toEqual([])
    expect(changes(withoutJon, [away('Jon', 2)])).toEqual([])
  })

  test('a player’s figure goes by what its own player says, and by nothing else', () => {
    expect(changes(inAttic, [away('Ada', 2), away('Ada', 3)])).toEqual([])
    expect(changes(inAttic, [away('Ada', 1)])).toMatchObject([{ type: 'scene.left', entity: adaHerself }])
  })

  test('what was told before the scene began moves nobody in it', () => {
    const decision = settled({ moves: [away('Mira', 3)] }, { head: headOf(inTwo(inAttic)), lines: said })
    expect(all(decision, 'scene.left')).toEqual([])
  })

  test('what was perceived before one left is remembered as of that scene', () => {
    const decision = after(inAttic, [away('Mira', 3)])
    const types = decision.events.map(({ type }) => type)
    expect(types.indexOf('scene.left')).toBeGreaterThan(types.lastIndexOf('memory.formed'))
    expect(all(decision, 'memory.formed')).toMatchObject(Array(3).fill({ scene: 1 }))
  })

  test('with no scene open nobody goes anywhere', () => {
    expect(changes(placed, [away('Mira', 3), { who: 'Mira', line: 3, to: 'Kitchen' }])).toEqual([])
  })
})

describe('who comes', () => {
  const knock = line('k1', NARRATOR, 'A knock. jon comes in from the rain.', [NARRATOR, mira, adaHerself])
  const alone = aside('k2', adaHerself, '*I climb back up.*')

  test('given a line that names them before someone who is there, then they are in the scene', () => {
    expect(changes(withoutJon, [comes('Jon', 1)], [knock])).toEqual([
      { type: 'scene.joined', ...scene, entity: jon, place: null },
    ])
  })

  test('it takes a line that names them, and someone there who perceived it', () => {
    const nobody = line('k3', NARRATOR, 'Someone comes in.', [NARRATOR, mira, adaHerself])
    const unheard = aside('k4', jon, '"Jon is here."')
    expect(changes(withoutJon, [comes('Jon', 1), comes('Jon', 2)], [nobody, unheard])).toEqual([])
  })

  test.each([
    ['the narrator tells of them', line('n1', NARRATOR, 'Jon comes in.', [NARRATOR, mira]), true],
    ['a player does', line('n2', adaHerself, '*I pull Jon up the stairs.*', [adaHerself, mira]), true],
    ['they say so themselves', line('n3', jon, '"Here I am."', [NARRATOR, jon, mira]), true],
    ['they are asked for', line('n4', adaHerself, '"Where is Jon?"', [adaHerself, mira]), false],
    ['they are spoken of', line('n5', mira, '"Jon is late."', [NARRATOR, mira, adaHerself]), false],
    ['what tells of them asks', line('n6', NARRATOR, 'And Jon? Nobody knows.', [NARRATOR, mira]), false],
    ['a player asks', line('n7', adaHerself, '*Is that Jon?*', [adaHerself, mira]), false],
  ])('given that %s, then whether they come is known by it', (_, said, doesCome) => {
    expect(changes(withoutJon, [comes('Jon', 1)], [said]).length > 0).toBe(doesCome)
  })

  test('who is there already, or is none of the cast, does not come', () => {
    expect(changes(inAttic, [comes('Mira', 2), comes('Narrator', 2), comes('Eli', 2)])).toEqual([])
  })

  test('a player’s figure comes when its own player says so, whoever perceives it', () => {
    const without = having(inAttic, by(leaveScene, { entity: adaHerself }))
    expect(changes(without, [comes('Ada', 1)], [alone])).toMatchObject([
      { type: 'scene.joined', entity: adaHerself, place: null },
    ])
    const naming = line('k5', NARRATOR, 'Ada comes back.', [NARRATOR, mira, jon])
    expect(changes(without, [comes('Ada', 1)], [naming])).toEqual([])
  })

  test('given one who comes to those who are at another place of the scene, then they come to that place', () => {
    const below = having(
      withoutJon,
      by(joinScene, { entity: mira, place: kitchen }),
      by(joinScene, { entity: adaHerself, place: kitchen }),
      by(createCharacter, { name: 'Eli' }),
      by(joinScene, { entity: jon }),
    )
    const eli = below.cast.characters.at(-1)?.character ?? ''
    const seen = line('k6', NARRATOR, 'Extra 2 comes in.', [NARRATOR, mira, adaHerself])
    expect(changes(below, [{ who: 'Extra 2', line: 1, to: 'here' }], [seen])).toMatchObject([
      { type: 'scene.joined', entity: eli, place: kitchen },
    ])
  })
})

describe('who goes to another place', () => {
  test('given some who go, then they are at that place within the scene', () => {
    expect(changes(inAttic, [{ who: 'Ada', line: 1, to: 'kitchen' }])).toEqual([
      { type: 'scene.moved', ...scene, entity: adaHerself, place: kitchen, before: null },
    ])
  })

  test('two places of one name are told apart', () => {
    expect(changes(inAttic, [{ who: 'Ada', line: 1, to: 'kitchen 2' }])).toMatchObject([{ place: galley }])
  })

  test.each(['Cellar', '', '__proto__', kitchen, null, 7, ['Kitchen']])(
    'to %j, which is no known place, nobody goes',
    (to) => {
      expect(changes(inAttic, [{ who: 'Ada', line: 1, to }])).toEqual([])
    },
  )

  test('who goes and comes back was never away, whatever the order in which it was proposed', () => {
    const back = line('l4', adaHerself, '*I climb up again.*')
    const moves = [
      { who: 'Ada', line: 4, to: 'Attic' },
      { who: 'Ada', line: 1, to: 'Kitchen' },
    ]
    expect(changes(inAttic, moves, [...said, back])).toEqual([])
  })

  test('given that all go to one place, then the scene is over and the next one is there', () => {
    const moves = [
      { who: 'Ada', line: 1, to: 'Kitchen' },
      { who: 'Mira', line: 2, to: 'Kitchen' },
      { who: 'Jon', line: 2, to: 'Kitchen' },
    ]
    const decision = after(inAttic, moves)
    expect(changes(inAttic, moves)).toEqual([
      { type: 'scene.closed', scene: 1, reason: 'place', significance: 1 },
      { type: 'scene.opened', scene: 2, place: kitchen, participants: expect.any(Array) },
    ])
    expect(decision.state.scene.open).toMatchObject({ place: kitchen, since: 3 })
    const { participants } = all(decision, 'scene.opened')[0] ?? {}
    expect(new Set(participants)).toEqual(new Set([mira, jon, adaHerself]))
  })

  test('given that one left and all others went to one place, then these are in the next scene', () => {
    const moves = [
      away('Jon', 2),
      { who: 'Mira', line: 2, to: 'Kitchen' },
      { who: 'Ada', line: 1, to: 'Kitchen' },
    ]
    expect(changes(inAttic, moves)).toMatchObject([
      { type: 'scene.closed', reason: 'place' },
      { type: 'scene.opened', place: kitchen, participants: [mira, adaHerself] },
    ])
  })

  test('given that the last of them follows, then the scene is over as well', () => {
    const before = having(withoutJon, by(joinScene, { entity: mira, place: kitchen }))
    expect(changes(before, [{ who: 'Ada', line: 1, to: 'Kitchen' }])).toMatchObject([
      { type: 'scene.closed', reason: 'place' },
      { type: 'scene.opened', place: kitchen, participants: [mira, adaHerself] },
    ])
    expect(changes(before, [])).toEqual([])
  })

  test('given that all leave, then the story goes on with those who left last, wherever that is', () => {
    const farewell = aside('l4', adaHerself, '*I leave the house with Mira.*', mira)
    const moves = [away('Jon', 2), away('Mira', 4), away('Ada', 4)]
    expect(changes(inAttic, moves, [...said, farewell])).toMatchObject([
      { type: 'scene.closed', reason: 'place' },
      { type: 'scene.opened', place: null, participants: [mira, adaHerself] },
    ])
  })
})

test('a model that moves people about cannot take anyone where code cannot follow', () => {
  const state = having(inAttic, by(joinScene, { entity: jon, place: kitchen }))
  const wild = Array.from({ length: 60 }, (_, nth) => ({
    who: ['Mira', 'Jon', 'Ada'][nth % 3],
    line: (nth % 3) + 1,
    to: ['Kitchen', 'away', 'here', 'Attic', 'Moon'][nth % 5],
  }))
  const decision = after(state, wild)
  expect(all(decision, 'scene.closed').length).toBeLessThanOrEqual(1)
  expect(decision.state.scene.open).not.toBeNull()
})
