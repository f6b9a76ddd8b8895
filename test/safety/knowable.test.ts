import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { knowable, knowableMemories } from '../../src/safety/knowable.ts'
import type { Reader } from '../../src/safety/readable.ts'
import { castMembers } from '../../src/story/cast.ts'
import { pinMemory } from '../../src/story/edit/memory.ts'
import { setEdge, shiftEdge, summariseEdge } from '../../src/story/edit/people.ts'
import * as world from '../../src/story/edit/world.ts'
import type { Memory } from '../../src/story/memory.ts'
import { withinEarshot } from '../../src/story/place.ts'
import { type EntityId, NARRATOR } from '../../src/story/ref.ts'
import { present, whereIs } from '../../src/story/scene.ts'
import type { StoryState } from '../../src/story/state.ts'
import { adaHerself as ada, by, having, jon, mira, type Step, told } from '../story/given.ts'
import { anyMove, made } from '../story/walk.ts'

const leader: Reader = { isInCharge: true, persona: undefined }
const stranger: Reader = { isInCharge: false, persona: undefined }
const playing = (persona: EntityId): Reader => ({ isInCharge: false, persona })

/** A head at which every text says its own id. */
const headOf = (state: StoryState) => {
  const ids = JSON.stringify(state).match(/"[^"]+"/gu) ?? []
  const words = new Map(ids.map((id) => id.slice(1, -1)).map((id) => [id, `words of ${id}`] as const))
  return { ref: { story: 's', branch: 'root' }, strand: 1, seq: 1, state, words }
}
const headAfter = (...steps: readonly Step[]) => headOf(having(told, ...steps))
const stateFor = (reader: Reader, head: ReturnType<typeof headOf>) => knowable(head, reader).head.state
const doing = ({ activities }: StoryState) => activities.map(({ entity }) => entity)

const placed = having(told, by(world.addPlace, { name: 'Attic', type: 'room', audible: 'within' }))
const attic = placed.places[0]?.place ?? ''
/** Everybody does something. Ada and Jon are in a scene, Jon out of her earshot; Mira is not. */
const parted = headOf(
  having(
    placed,
    ...[mira, jon, ada].map((entity) => by(world.setActivity, { entity, activity: { posture: 'sitting' } })),
    by(world.changeWeather, { weather: 'fog' }),
    by(world.openScene, { participants: [jon, ada] }),
    by(world.joinScene, { entity: jon, place: attic }),
  ),
)

describe('of the scene', () => {
  test('whoever leads the story knows everything, whomever they play', () => {
    for (const reader of [leader, { ...leader, persona: ada }])
      expect(knowable(parted, reader)).toEqual({ head: parted, reader, standing: 'leading' })
  })

  test('one whose persona is in it knows where it is, who is there, and the weather', () => {
    const { standing, head } = knowable(parted, playing(ada))
    expect(standing).toBe('present')
    expect(head.state.scene).toEqual(parted.state.scene)
    expect(head.state.clock).toEqual(parted.state.clock)
  })

  test.each([
    ['one whose persona is elsewhere', playing(mira), 'elsewhere'],
    ['one who plays nobody', stranger, 'watching'],
  ] as const)('%s knows that it is open, its number and the time', (_, reader, expected) => {
    const { standing, head } = knowable(parted, reader)
    expect(standing).toBe(expected)
    expect(head.state.scene).toMatchObject({ number: 1, open: { place: null, participants: [] } })
    expect(head.state.clock).toEqual({ ...parted.state.clock, weather: null })
  })

  test('given none is open, then everybody is together, and all know that', () => {
    for (const persona of [mira, jon, ada])
      expect(knowable(headAfter(), playing(persona)).standing).toBe('present')
    expect(stateFor(stranger, headAfter()).scene).toEqual(told.scene)
  })
})

describe('of what people do', () => {
  test('one knows what their persona perceives, and what it does itself', () => {
    expect(doing(stateFor(playing(ada), parted))).toEqual([ada])
    expect(doing(stateFor(playing(mira), parted))).toEqual([mira])
    expect(doing(stateFor(stranger, parted))).toEqual([])
    expect(doing(stateFor(leader, parted))).toEqual([mira, jon, ada])
  })

  test('given they are together, then one knows what all of them do', () => {
    const together = headAfter(by(world.setActivity, { entity: jon, activity: { posture: 'kneeling' } }))
    expect(doing(stateFor(playing(ada), together))).toEqual([jon])
    expect(doing(stateFor(stranger, together))).toEqual([])
  })

  test('given one whose persona came in later, then not what was noted before', () => {
    const steps = [
      by(world.openScene, { participants: [mira, jon] }),
      by(world.setActivity, { entity: jon, activity: { status: 'hides a chart' } }),
      by(world.joinScene, { entity: ada }),
    ]
    expect(doing(stateFor(playing(ada), headAfter(...steps)))).toEqual([])
    expect(doing(stateFor(playing(mira), headAfter(...steps)))).toEqual([jon])
    expect(doing(stateFor(leader, headAfter(...steps)))).toEqual([jon])
    const later = by(world.setActivity, { entity: jon, activity: { posture: 'sitting' } })
    expect(doing(stateFor(playing(ada), headAfter(...steps, later)))).toEqual([jon])
  })
})

describe('of what is felt, and pinned', () => {
  const feelings = headAfter(
    by(setEdge, { from: mira, to: ada, affinity: 90 }),
    by(setEdge, { from: ada, to: mira, affinity: 20 }),
    by(pinMemory, { owner: mira, memory: 'm1' }),
    by(pinMemory, { owner: ada, memory: 'm2' }),
  )

  test('one knows what is their persona’s own, and not what others feel for it', () => {
    const { edges, pins } = stateFor(playing(ada), feelings)
    expect(edges.map(({ from, to }) => [from, to])).toEqual([[ada, mira]])
    expect(pins.map(({ memory }) => memory)).toEqual(['m2'])
    expect(stateFor(stranger, feelings)).toMatchObject({ edges: [], pins: [] })
  })

  test('given hearsay, then one knows who told it; the way that it came, and how sure it is, whoever leads the story does', () => {
    const memory: Memory = {
      ...{ memory: 'm', owner: ada, text: 't', witnesses: [ada, jon], source: 'told', toldBy: jon },
      ...{ chain: [mira], reliability: 0.5, significance: 1, lines: ['l'], minutes: 480, scene: null },
    }
    const of = (reader: Reader) => knowableMemories(reader, [memory])
    const own = {
      ...{ memory: 'm', owner: ada, text: 't', source: 'told', toldBy: jon },
      ...{ significance: 1, minutes: 480, scene: null },
    }
    expect(of(playing(ada))).toEqual([own])
    expect(of(leader)).toEqual([{ ...own, chain: [mira], reliability: 0.5 }])
    expect(of(playing(mira))).toEqual([])
    expect(of(stranger)).toEqual([])
  })
})

test('of words, none come along but names, what day 1 is, and what the persona feels', () => {
  const head = headAfter(
    by(world.setClock, { anchor: 'The eve of the fair.' }),
    by(summariseEdge, { from: ada, to: mira, summary: 'She owes her.' }),
    by(summariseEdge, { from: mira, to: ada, summary: 'She doubts her.' }),
  )
  const { cast, clock, edges } = head.state
  const names = [...cast.characters, ...cast.personas].map(({ name }) => name)
  const own = edges.find(({ from }) => from === ada)?.summary
  expect([...knowable(head, playing(ada)).head.words.keys()].toSorted()).toEqual(
    [...names, clock.anchor, own].toSorted(),
  )
})

/** Whether one could perceive what another does, told from where both are. */
const couldPerceive = ({ scene, places }: StoryState, one: EntityId, other: EntityId): boolean => {
  if (one === other) return true
  const [at, from] = [whereIs(scene, one), whereIs(scene, other)]
  if (at === undefined || from === undefined) return false
  return at === from || (at !== null && from !== null && withinEarshot(places, from).includes(at))
}

describe('given anything that can happen to a story', () => {
  const SECRET = 'the key is in the clock'
  const anyStory = fc
    .array(anyMove(), { maxLength: 40 })
    .map((moves) => moves.reduce((state, move) => made(state, move)?.state ?? state, told))
  const planting = fc.tuple(anyStory, fc.nat(20), fc.nat(20)).map(([state, a, b]) => {
    const cast = castMembers(state.cast)
    const [keeper = mira, other = jon] = [
      cast[a % cast.length],
      cast[(a + 1 + (b % (cast.length - 1))) % cast.length],
    ]
    return { state, keeper, other, cast }
  })
  const readers = (cast: readonly EntityId[]) => [stranger, ...cast.map(playing)]
  const allThatIsKnown = (state: StoryState, reader: Reader) => {
    const { head } = knowable(headOf(state), reader)
    return JSON.stringify([head.state, ...head.words])
  }

  test('what someone does shows to nobody who could not perceive it', () => {
    fc.assert(
      fc.property(planting, ({ state, keeper, cast }) => {
        const secret = having(state, by(world.setActivity, { entity: keeper, activity: { status: SECRET } }))
        for (const reader of readers(cast))
          expect(allThatIsKnown(secret, reader).includes(SECRET)).toBe(
            reader.persona !== undefined && couldPerceive(secret, reader.persona, keeper),
          )
      }),
    )
  })

  test('what someone feels, and why, shows to nobody else', () => {
    fc.assert(
      fc.property(planting, ({ state, keeper, other, cast }) => {
        const line = { id: 'line', witnesses: [keeper] }
        const felt = { from: keeper, to: other, affinity: 9, trust: 9 }
        const secret = having(state, by(shiftEdge, { ...felt, line, reason: SECRET }))
        const reason = secret.edges.find(({ from, to }) => from === keeper && to === other)?.reason
        for (const reader of readers(cast))
          expect(allThatIsKnown(secret, reader).includes(`words of ${reason}`)).toBe(
            reader.persona === keeper,
          )
      }),
    )
  })

  test('where a scene is, who is in it and the weather show to those in it alone', () => {
    fc.assert(
      fc.property(planting, ({ state, keeper, cast }) => {
        const closed = state.scene.open ? having(state, by(world.closeScene, {})) : state
        const secret = having(closed, by(world.openScene, { participants: [keeper] }), (at) =>
          world.changeWeather(at, '1', { weather: SECRET }, () => 'x'),
        )
        for (const reader of readers(cast)) {
          const known = knowable(headOf(secret), reader).head.state
          const isThere = reader.persona === keeper
          expect(known.clock.weather === SECRET).toBe(isThere)
          expect(present(known.cast, known.scene)).toEqual(
            isThere ? present(secret.cast, secret.scene) : [NARRATOR],
          )
        }
      }),
    )
  })

  test('whoever leads the story knows all of it', () => {
    fc.assert(
      fc.property(anyStory, (state) => {
        expect(knowable(headOf(state), leader).head.state).toBe(state)
      }),
    )
  })
})
