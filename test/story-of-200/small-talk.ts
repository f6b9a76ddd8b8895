import { calledIn } from '../../src/prompt/names.ts'
import type { Head } from '../../src/story/head.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { witnessesOf } from '../../src/story/witness.ts'
import { type Character, type Name, type Noted, names, oaths, type Turn } from './script.ts'

const THINGS =
  `nets ropes kettle boots oars candles barrels shutters lobster-pots gulls kindling pepper chimney
ledger blankets anchors buckets herrings rudder mittens hinges driftwood turnips fiddle bellows`.split(/\s+/u)
const DOINGS = ['mended', 'counted', 'looked after', 'put away', 'washed', 'paid for', 'carried in'] as const
const TIMES = ['before dark', 'by the evening', 'tomorrow', 'on Sunday', 'when the rain stops'] as const

const at = <T>(list: readonly T[], nth: number): T => list[nth % list.length] as T

/** Who of the cast is in the scene, and who of them hears whoever speaks for the players. */
const company = (head: Head) => {
  const called = calledIn(head)
  const nameOf = (entity: string) => names.find((name) => name === called(entity))
  const here = (source: string) =>
    witnessesOf(head.state, source, 'dialogue')
      .map(nameOf)
      .filter((name) => name !== undefined)
  const inScene = (head.state.scene.open?.participants ?? []).map(({ entity }) => entity)
  const players = inScene.filter((entity) => ['Ada', 'Ben'].includes(called(entity)))
  return { players, nameOf, here }
}

/** A turn of small talk among whoever is there: the same for the same turn of the same story. */
export const smallTalk = (number: number, head: Head): Turn => {
  const { players, nameOf, here } = company(head)
  const player = players.length === 0 ? undefined : at(players, number)
  const hearers = here(player ?? NARRATOR)
  const characters = hearers.filter((name): name is Character => !['Ada', 'Ben'].includes(name))
  const speaker = characters.length === 0 ? 'Narrator' : at(characters, Math.floor(number / 2))
  const [thing, doing, time] = [at(THINGS, number * 7), at(DOINGS, number * 3), at(TIMES, number)]
  const by = (player && nameOf(player)) ?? 'nobody'
  const answer = `The ${thing} will be ${doing} ${time}, and not sooner: number ${number} on the list.`
  const memory = (who: Name, nth: number): Noted => ({
    ...{ who, lines: [player ? 2 : 1], significance: (number + nth) % 2 === 0 ? 0 : 1 },
    text: `${who} heard from ${speaker} that the ${thing} will be ${doing} ${time}.`,
  })
  return {
    by: by === 'Ada' || by === 'Ben' ? by : 'nobody',
    says: `"Have the ${thing} been ${doing} yet, ${speaker === 'Narrator' ? 'anyone' : speaker}? I asked ${time}."`,
    answers: speaker,
    answer: speaker === 'Narrator' ? answer : `"${answer}"`,
    // In every third turn nothing is noted, so that what was said is remembered as it was said.
    memories: number % 3 === 0 ? [] : hearers.map(memory),
  }
}

/** A turn in which Mira swears something. */
export const oathIn = (number: number, head: Head): Turn | undefined => {
  const oath = oaths[number]
  if (oath === undefined) return undefined
  const { by, says } = smallTalk(number, head)
  const text = `Mira swore to ${oath}.`
  return {
    ...{ by, answers: 'Mira', answer: `"I swear to ${oath}."` },
    ...(says === undefined ? {} : { says }),
    memories: [{ who: 'Mira', lines: [by === 'nobody' ? 1 : 2], significance: 3, text }],
  }
}
