import type { Kickoff } from '../../src/roles/stager/kickoff.ts'
import { readKickoff } from '../../src/roles/stager/read.ts'
import { stage } from '../../src/roles/stager/stage.ts'
import { type Decision, isRefusal } from '../../src/story/draft.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { countingIds } from '../doubles/ids.ts'
import { begun, by, entityIn, having, player, type Told } from './told.ts'

export const newId = countingIds()

/** The lighthouse, with Mira, Jon, and Ada, whom a person plays. */
export const lighthouse = having(begun, by(createCharacter, { name: 'Jon', persona: 'Mends nets.' }))
export const [mira, jon, ada] = ['Mira', 'Jon', 'Ada'].map((name) => entityIn(lighthouse, name)) as [
  string,
  string,
  string,
]

export const read = (proposal: unknown, { head }: Told = lighthouse, isAllowed = (_: string) => true) =>
  readKickoff(head, proposal, isAllowed)

export const readWhole = (proposal: unknown, at: Told = lighthouse): Kickoff => {
  const kickoff = read(proposal, at)
  if (!kickoff) throw new Error('nothing was read')
  return kickoff
}

export const staged = (kickoff: Kickoff, { head }: Told = lighthouse): Decision => {
  const decision = stage(head.state, player.id, kickoff, newId)
  if (isRefusal(decision)) throw new Error(decision.refused)
  return decision
}

/** What a proposal is read as, and what it comes to where nobody corrects it. */
export const comesTo = (proposal: unknown, at: Told = lighthouse): Decision =>
  staged(readWhole(proposal, at), at)

export const place = {
  name: 'Lantern room',
  type: 'room',
  inside: { name: 'Lighthouse', type: 'tower' },
  moving: false,
  public: false,
  audible: 'within',
}
export const person = (who: string, more: object = {}) => ({
  who,
  ...{ posture: null, action: null, attends_to: null, holding: [], status: null },
  ...more,
})
export const whole = {
  place,
  time: { day: 2, hour: 18, minute: 5 },
  first_day: 'the eve of the fair',
  weather: 'rain',
  present: [
    person('Mira', { posture: 'sitting', action: 'mending a net', holding: ['a needle'], status: 'tired' }),
    person('Ada', { attends_to: 'mira' }),
  ],
  relations: [{ from: 'Mira', to: 'Ada', affinity: 40, trust: 15, summary: 'Mira suspects Ada.' }],
}
