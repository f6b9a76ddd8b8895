import { countTokens } from '../../src/prompt/tokens.ts'
import { type Account, accountFrom } from '../../src/roles/chronicler/account.ts'
import { chroniclerRequest } from '../../src/roles/chronicler/request.ts'
import { type Fine, perceivedBy, viewOf } from '../../src/roles/chronicler/view.ts'
import { boundaryMatcher } from '../../src/safety/boundaries.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { aLine } from '../prompt/line.ts'
import { begun, by, entityIn, having, type Told } from './told.ts'

export const told = having(begun, by(createCharacter, { name: 'Jon' }))
export const [mira = '', jon = '', ada = ''] = ['Mira', 'Jon', 'Ada'].map((name) => entityIn(told, name))
export const all = [NARRATOR, mira, jon, ada]
export const closed = { scene: 2, from: 2, to: 4 }

export const aMemory = (memory: string, body: string, given: Partial<Fine> = {}): Fine => ({
  ...{ memory, body, owner: mira, text: `text of ${memory}`, witnesses: all, source: 'direct', toldBy: null },
  ...{ chain: [], reliability: 1, significance: 1, lines: ['old'], minutes: 480, scene: 2, turn: 3 },
  ...given,
})

/** Ada and Mira speak aloud, Ada whispers to Mira, and Jon listens. */
export const lines = [
  aLine(2, ada, '"Hello, Mira."', all),
  aLine(2, mira, '"Hello."', all),
  aLine(3, ada, '"The vial is mine."', [mira, ada]),
  aLine(4, NARRATOR, 'It rains.', all),
]
export const memories = [
  aMemory('m1', 'Ada greeted Mira.'),
  aMemory('m2', 'Ada owns the vial.', { significance: 2, witnesses: [mira, ada], lines: ['w'] }),
  aMemory('m3', 'It rained.', { significance: 0, lines: lines.slice(3).map(({ id }) => id) }),
]

export const viewAt = (owner: string, { head }: Told = told, own: readonly Fine[] = []) => {
  const perceived = perceivedBy(head, lines).find((each) => each.owner === owner)
  if (!perceived) throw new Error('perceived too little')
  return viewOf(head, perceived, own)
}
export const view = viewAt(mira, told, memories)

export const requestFor = (given: Partial<Parameters<typeof chroniclerRequest>[0]> = {}) =>
  chroniclerRequest({ head: told.head, view, instructions: 'Write it down.', count: countTokens, ...given })
export const askedFor = (...given: Parameters<typeof requestFor>) =>
  requestFor(...given).messages[1]?.content ?? ''

export const { firstIn } = boundaryMatcher([{ label: 'spiders', words: [] }], [])

/** What comes of an answer, whatever it is. */
export const answered = (answer: unknown, owner = view): Account | undefined => {
  const { schema, named } = requestFor({ view: owner })
  return accountFrom(owner, schema.parse(answer), { named, crossingIn: (text) => firstIn(text)?.at })
}
