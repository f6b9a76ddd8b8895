import {
  answered,
  arrivals,
  bystander,
  echoed,
  firstHooks,
  hooks,
  plainPresences,
  presences,
  reminders,
  retold,
} from '../words/narration.ts'
import { reactions } from '../words/reactions.ts'
import type { Pen } from './pen.ts'
import type { Stage } from './stage.ts'

/** Paragraphs, each a list of sentences. Missing sentences were not to be had. */
type Draft = readonly (readonly (string | undefined)[])[]

export const opening = ({ genre, mood, facts }: Stage, pen: Pen): Draft => [
  [pen.draw(genre.opening), pen.draw(genre.sense), pen.draw(genre.sense), pen.draw(mood)],
  [pen.draw(facts.trade ? presences : plainPresences), pen.draw(facts.npc ? genre.sense : genre.change)],
  [pen.draw(arrivals), pen.draw(firstHooks)],
]

/** What comes of what the player did. The rules that know what it was done to come first. */
const reaction = ({ deed, facts }: Stage, pen: Pen): (string | undefined)[] => {
  if (deed?.kind === undefined) return []
  const rules = reactions[deed.kind]
  const about = facts.object && pen.chance(0.85) ? rules.filter((rule) => rule.includes('#object')) : []
  const plain = rules.filter((rule) => !rule.includes('#object'))
  return [
    pen.chance(0.35) ? pen.draw(retold) : undefined,
    pen.draw(about) ?? pen.draw(plain) ?? pen.draw(reactions.other),
  ]
}

const reply = ({ deed, facts }: Stage, pen: Pen): (string | undefined)[] => {
  if (deed?.speech === undefined) return []
  return [
    facts.npc ? (pen.draw(answered[deed.speech.act]) ?? pen.draw(answered.statement)) : pen.draw(echoed),
  ]
}

/** One to three paragraphs: what comes of the deed, what else there is, and a way to go on. */
export const turn = (stage: Stage, pen: Pen): Draft => {
  const { genre, told, mood, reading } = stage
  const answers = reading.moments.filter(({ own }) => own).length
  const first = [...reaction(stage, pen), ...reply(stage, pen)]
  const idle = first.every((sentence) => sentence === undefined)
  // The mystery of the story goes on at every other turn.
  const step = answers % 2 === 1 ? pen.next(told) : undefined
  const around = [
    pen.chance(idle ? 1 : 0.85) ? pen.draw(genre.sense) : undefined,
    pen.chance(0.3) ? pen.draw(genre.sense) : undefined,
    pen.chance(step ? 0.3 : 0.6) ? pen.draw(genre.change) : undefined,
    pen.chance(0.3) ? pen.draw(bystander) : undefined,
    pen.chance(0.2) ? pen.draw(mood) : undefined,
  ]
  const close = [
    step,
    !step && pen.chance(0.5) ? pen.draw(reminders) : undefined,
    pen.chance(0.85) ? pen.draw(hooks) : undefined,
  ]
  return pen.chance(0.4) ? [[...first, ...around], close] : [first, around, close]
}
