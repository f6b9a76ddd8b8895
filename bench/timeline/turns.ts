import type { NewId } from '../../src/kit/ids.ts'
import { castMembers } from '../../src/story/cast.ts'
import { type Decision, isRefusal, type Refusal, say, tell } from '../../src/story/decide.ts'
import type { Edit } from '../../src/story/edit/edit.ts'
import { addMemory, learnFact } from '../../src/story/edit/memory.ts'
import * as people from '../../src/story/edit/people.ts'
import * as world from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { SKEIN } from '../../src/story/ref.ts'
import type { StoryState } from '../../src/story/state.ts'

const PLAYERS = ['1001', '1002', '1003'] as const
const CHARACTERS = ['Mira', 'Jon', 'Old Perrin', 'Sister Agnes', 'Tam the ferryman']
const PLACES = 20
const MEMORIES = 10

const SENTENCES = [
  'The lamp over the door swings in the wind and throws its light across the wet stones.',
  'Nobody has seen the boat since Thursday, and nobody says aloud what that means.',
  '"You could have told me," Mira says, and puts the letter back where she found it.',
  'Far below, the bell buoy rings twice, although the sea is as flat as a table.',
  'Jon counts the coins again, as if there were more of them this time.',
  'The stairs are older than the house, and they know it.',
]
export const prose = (seed: number, sentences: number): string =>
  Array.from({ length: sentences }, (_, nth) => SENTENCES[(seed * 7 + nth * 5) % SENTENCES.length]).join(' ')

export const accepted = (outcome: Decision | Refusal): Decision => {
  if (isRefusal(outcome)) throw new Error(`the bench's story was refused: ${outcome.refused}`)
  return outcome
}

/** One decision made of edits, each on what the one before left. */
const edits = (from: StoryState, actor: string, newId: NewId) => {
  const decisions: Decision[] = []
  const state = () => decisions.at(-1)?.state ?? from
  return {
    state,
    make: <Input>(edit: Edit<Input>, input: Input): void => {
      decisions.push(accepted(edit(state(), actor, input, newId)))
    },
    done: (alternate: number | null): Decision => ({
      ...{ turn: from.turn.number, alternate, actor, state: state() },
      events: decisions.flatMap(({ events }) => events),
      texts: decisions.flatMap(({ texts }) => texts),
    }),
  }
}

const nth = <T>(all: readonly T[], at: number): T => {
  const found = all[at % all.length]
  if (found === undefined) throw new Error('there is nothing to choose from')
  return found
}

/** Five characters, three players and twenty places, with feelings for one another and something to do. */
export const settle = (from: StoryState, newId: NewId): Decision => {
  const { make, state, done } = edits(from, PLAYERS[0], newId)
  for (const [at, name] of CHARACTERS.entries()) {
    const words = { name, persona: prose(at, 6), voice: prose(at + 1, 3), traits: prose(at + 2, 2) }
    make(people.createCharacter, { ...words, backstory: prose(at, 8), relationship: prose(at, 2) })
  }
  for (const [at, player] of PLAYERS.entries())
    make(people.setPersona, { player, name: `Player ${at}`, pronouns: 'they', description: prose(at, 2) })
  for (let place = 0; place < PLACES; place += 1)
    make(world.addPlace, {
      ...{ name: `The ${place}th room of the lighthouse`, type: 'room' },
      parent: place === 0 ? null : nth(state().places, Math.floor(place / 3)).place,
    })
  const cast = castMembers(state().cast)
  for (const from of cast)
    for (const to of cast)
      if (from !== to) {
        make(people.setEdge, { from, to, affinity: 40, trust: 60 })
        make(people.summariseEdge, { from, to, summary: prose(from.length + to.length, 2) })
      }
  for (const [at, entity] of cast.entries())
    make(world.setActivity, {
      entity,
      activity: {
        ...{ slot: 'by the window', posture: 'leaning on the sill', status: 'tired' },
        action: {
          label: `mending net ${at}`,
          interruptibility: 'being_called',
          attention: 'half',
          minutes: 30,
        },
        attention: { thing: 'the lamp' },
        holding: ['a needle', 'a ball of tarred twine'],
      },
    })
  return done(null)
}

/** What the telling of a turn comes to: time, feelings, deeds, and what each remembers of it. */
const effects = (head: Pick<Head, 'state'>, heard: readonly Decision[], newId: NewId): Decision => {
  const { make, state, done } = edits(head.state, SKEIN, newId)
  const { number, alternate } = head.state.turn
  const cast = castMembers(state().cast)
  const lines = heard
    .flatMap(({ events }) => events)
    .flatMap((event) =>
      event.type === 'line.spoken' ? [{ id: event.data.line, witnesses: event.data.witnesses }] : [],
    )
  if (number % 20 === 0) {
    if (state().scene.open) make(world.closeScene, { significance: 1 })
    make(world.openScene, { place: nth(state().places, number / 20).place })
  }
  make(world.advanceClock, { minutes: 4, reason: 'talk' })
  if (number % 50 === 0) make(world.changeWeather, { weather: `fog, ${number} yards deep` })
  for (const [at, line] of lines.entries())
    make(people.shiftEdge, {
      ...{ from: nth(cast, number + at), to: nth(cast, number + at + 1), line },
      ...{ affinity: (number % 5) - 7, trust: (number % 7) + 1 },
    })
  make(world.setActivity, { entity: nth(cast, number), activity: { posture: `watching, ${number}` } })
  for (let at = 0; at < MEMORIES; at += 1)
    make(addMemory, {
      ...{ owner: nth(cast, number + at), text: `${prose(number + at, 2)} (${number})`, lines },
      significance: (number + at) % 40 === 0 ? 3 : at % 3,
    })
  if (number % 5 === 0) make(learnFact, { owner: nth(cast, number), text: prose(number, 1), lines })
  return done(alternate)
}

/** Ten for each turn. */
export const memoriesIn = (turns: number): number => turns * MEMORIES

/** A turn as three decisions, each a transaction: what a player says, the answer, and what it comes to. */
export const turnAfter = (head: Pick<Head, 'state' | 'words'>, newId: NewId): Decision[] => {
  const number = head.state.turn.number + 1
  const player = { id: nth(PLAYERS, number), displayName: 'Ada' }
  const words = [
    { kind: 'action' as const, text: prose(number, 1) },
    { kind: 'dialogue' as const, text: prose(number + 3, 1) },
  ]
  const said = accepted(say(head.state, player, words, head.words, newId))
  const told = accepted(tell(said.state, prose(number, 12), 'finished', newId))
  return [said, told, effects(told, [said, told], newId)]
}
