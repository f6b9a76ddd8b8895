import { listed } from '../kit/text.ts'
import { clockValues, type MacroValues } from '../prompt/macros.ts'
import { calledIn } from '../prompt/names.ts'
import { characterIn, personaOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'

/**
 * What macros stand for in the prompts of a turn: about whoever speaks, and the players. `isOwn`: it is the speaker's
 * own prompt, which may hold what only they know.
 */
export const macrosFor = (head: Head, isOwn: boolean): MacroValues => {
  const { cast, premise, turn } = head.state
  const word = (id: string | null | undefined) => (id && head.words.get(id)) || ''
  const called = calledIn(head)
  const character = characterIn(cast, turn.speaker)
  const players = cast.personas.map(({ name }) => word(name)).filter(Boolean)
  return {
    ...clockValues(head),
    char: called(turn.speaker),
    user: players.length > 0 ? players.join(' or ') : 'the players',
    persona: word(personaOf(cast, turn.player)?.description),
    description: word(character?.persona),
    personality: isOwn ? word(character?.traits) : '',
    scenario: word(premise?.premise),
    group: listed(cast.characters.map(({ character: id }) => called(id))),
  }
}
