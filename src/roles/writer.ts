import { assemble, type PromptBudget } from '../prompt/assemble.ts'
import { historyFor } from '../prompt/history.ts'
import type { ChatMessage } from '../prompt/message.ts'
import { type Character, characterIn, nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { type EntityId, NARRATOR, type TextId } from '../story/ref.ts'
import { knownSince } from '../story/reset.ts'

const NARRATOR_NAME = 'Narrator'

/** Who has left the cast has left their name with it. */
const FORGOTTEN_NAME = 'Someone'

/** How an entity is called in prompts. */
export const calledIn =
  ({ state, words }: Pick<Head, 'state' | 'words'>) =>
  (entity: EntityId): string =>
    words.get(nameOf(state.cast, entity) ?? '') ?? (entity === NARRATOR ? NARRATOR_NAME : FORGOTTEN_NAME)

const narratorRules = (players: string) =>
  `You are the narrator of a story told in a Discord thread.

# How you tell it
- Write what happens next: the place, the senses, the people who are not played by someone, the consequences of what was just done.
- Never speak, think or act for ${players}: they are played by people.
- Stay with what is already true in the story. Show; do not explain. No summaries, no lists, no headings.
- Two or three short paragraphs, then stop where someone would want to act.`

const characterRules = (name: string, players: string) =>
  `You are ${name}, a character in a story told in a Discord thread.

# How you play
- Write only what ${name} says and does: speech in "quotation marks", gestures between *asterisks*.
- Never speak, think or act for ${players}: they are played by people.
- You know only what you have seen and heard. Keep your own voice. No summaries, no lists, no headings.
- One or two short paragraphs, then leave room for an answer.`

/** One row of the list of the cast, which all may know. */
const castRow = (name: string, kind: string, who: string) =>
  `- ${name} (${kind})${who ? `: ${who}` : ''}`.replace(/\s+/gu, ' ')

/** What a character knows of itself. Only its own prompt holds more than the row in the list of the cast. */
const partOf = (character: Character, word: (id: TextId | null) => string): string[] => {
  const told = (label: string, id: TextId | null) => (word(id) ? [`${label}${word(id)}`] : [])
  return [
    ...told(`${word(character.name)}: `, character.persona),
    ...told('What marks you: ', character.traits),
    ...told('What lies behind you, and only you know: ', character.backstory),
    ...told('What you and the players are to each other: ', character.relationship),
    ...told('How you speak, for example:\n', character.voice),
  ]
}

/** The writer's standing instructions, the same from turn to turn while the cast stays. */
const systemFor = (speaker: EntityId, head: Head): string => {
  const { premise, cast } = head.state
  const word = (id: string | null | undefined) => (id && head.words.get(id)) || ''
  const called = calledIn(head)
  const players = cast.personas.map(({ name }) => word(name)).join(' or ') || 'the players'
  const played = characterIn(cast, speaker)
  const part = played ? partOf(played, word) : []
  return [
    speaker === NARRATOR ? narratorRules(players) : characterRules(called(speaker), players),
    [
      '# Story',
      `Title: ${word(premise?.title)}`,
      word(premise?.premise) && `Premise: ${word(premise?.premise)}`,
    ],
    [
      '# Cast',
      ...cast.characters.map(({ name, persona }) => castRow(word(name), 'character', word(persona))),
      ...cast.personas.map(({ name, description, pronouns }) =>
        castRow(
          word(name),
          ['played by a person', word(pronouns)].filter(Boolean).join(', '),
          word(description),
        ),
      ),
    ],
    part.length > 0 ? ['# Your part', ...part] : '',
  ]
    .map((block) => (typeof block === 'string' ? block : block.filter(Boolean).join('\n')))
    .filter(Boolean)
    .join('\n\n')
}

const OPENING: ChatMessage = { role: 'user', content: 'Begin the story: set the opening scene.' }

const GO_ON: ChatMessage = { role: 'user', content: '(Nobody says anything. Go on with the story.)' }

/** How the story begins anew in the first turn after a reset: with the first scenes of those who have one. */
const newBeginning = ({ state: { turn, cast, resets }, words }: Head): ChatMessage[] => {
  const isFirst = resets.some((reset) => reset.character === null && reset.turn === turn.number - 1)
  if (!isFirst) return []
  const scenes = cast.characters.map(({ kickoff }) => words.get(kickoff ?? '')).filter(Boolean)
  const begins = '(The story begins anew here, as if no more than its opening had happened.'
  return [{ role: 'user', content: `${[begins, ...scenes].join('\n')})` }]
}

/** What an answer is asked with beside what was said: how to begin, that nobody spoke, where it is to go. */
const closingOf = (head: Head): ChatMessage[] => {
  const { turn } = head.state
  const direction = head.words.get(turn.options.direction ?? '')
  return [
    ...(turn.opening ? [OPENING] : []),
    ...newBeginning(head),
    ...(turn.continues ? [GO_ON] : []),
    ...(direction ? [{ role: 'user' as const, content: `(Direction for this answer: ${direction})` }] : []),
  ]
}

/** The prompt for the answer to a head's open turn, from lines that may hold more than its speaker perceived. */
export const writerPrompt = (head: Head, lines: readonly Line[], budget?: PromptBudget): ChatMessage[] => {
  const { turn, resets } = head.state
  const history = historyFor(turn.speaker, knownSince(resets, turn.speaker, lines), calledIn(head))
  return assemble(systemFor(turn.speaker, head), history, closingOf(head), budget)
}

// A name before a speech, as models write it: `Mira:`, `**Mira:**`, `**Mira**:`.
const nameTag = (name: string) => `\\*{0,2}${RegExp.escape(name)}\\*{0,2}:\\*{0,2}`

/**
 * What of a model's text enters the story: without the speaker's own name before it, and only up to the place
 * where it begins to speak for a player.
 */
export const readAnswer = (text: string, head: Head): string => {
  const called = calledIn(head)
  const own = new RegExp(`^${nameTag(called(head.state.turn.speaker))}\\s*`, 'u')
  const unnamed = text.trimStart().replace(own, '')
  const intrusions = head.state.cast.personas
    .map(({ persona }) => unnamed.search(new RegExp(`^${nameTag(called(persona))}`, 'mu')))
    .filter((at) => at >= 0)
  return unnamed.slice(0, Math.min(unnamed.length, ...intrusions)).trimEnd()
}

/** The same of a text that is still growing: without a last line that may become the name of a speaker. */
export const growingAnswer = (text: string, head: Head): string => {
  const called = calledIn(head)
  const names = [head.state.turn.speaker, ...head.state.cast.personas.map(({ persona }) => persona)].map(
    called,
  )
  const start = text.trimEnd().lastIndexOf('\n') + 1
  const line = text.slice(start).trim().replaceAll('*', '')
  const isOpen = names.some((name) => `${name}:`.startsWith(line))
  return readAnswer(isOpen ? text.slice(0, start) : text, head)
}
