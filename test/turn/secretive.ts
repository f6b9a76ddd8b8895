import { countTokens } from '../../src/prompt/tokens.ts'
import { closeScene, openScene } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import type { RoleName } from '../../src/story/settings.ts'
import type { EngineDeps } from '../../src/turn/engine.ts'
import type { AskRequest, Caller, Models } from '../../src/turn/ports/models.ts'
import { finished } from '../doubles/model.ts'
import type { Stores } from '../doubles/store.ts'
import { beginWith, called, edited, headNow, type Workshop, workshop } from './given.ts'
import { message, ref } from './table.ts'

/** What Ada tells Mira while nobody else is there. Only the first of it is ever told on. */
export const WORD = 'quillfeather'
export const OTHER = 'mandragora'
const SECRETS = [WORD, OTHER]

const CAST = ['Mira', 'Jon', 'Bela', 'Ada']
const LINES = [1, 2, 3, 4, 5, 6, 7, 8]

/** What an archivist makes of some words who says that all know of them: by whatever line, of themselves and over others. */
const givenAway = (words: string) => {
  const each = CAST.flatMap((who) =>
    LINES.map((line) => ({ who, line, text: `${who} knows ${words}, ${line}.` })),
  )
  const noted = (source: string, told_by: string | null) =>
    each.map(({ who, line, text }) => ({ who, text, lines: [line], significance: 1, source, told_by }))
  return {
    memories: [...noted('direct', null), ...noted('told', 'Ada')],
    facts: each.filter(({ line }) => line < 5),
    activities: CAST.map((who) => ({
      ...{ who, line: 1, posture: null, action: null, attends_to: `a ${words}` },
      ...{ holding: [`a ${words}`], status: `fond of ${words}` },
    })),
    shifts: CAST.flatMap((from) =>
      CAST.map((to) => ({ ...{ from, to, affinity: 1, trust: 1 }, line: 1, reason: `over ${words}` })),
    ),
  }
}

type Sent = { readonly role: RoleName; readonly text: string }

/**
 * Models that say whatever secret they were shown, in whatever they are asked for. `speaker` answers next, with `answer`.
 */
export const betrayers = () => {
  const sent: Sent[] = []
  const next = { speaker: 'Mira', answer: '"Yes."' }

  const valueFor = (role: RoleName, text: string): unknown => {
    const shown = SECRETS.filter((secret) => text.includes(secret)).join(' and ')
    switch (role) {
      case 'planner':
        return {
          ...{ speakers: [next.speaker], reason: `Of ${shown}.`, beats: [`Speaks of ${shown}.`] },
          ...{ must_not_contradict: [], leave_room: '' },
        }
      case 'archivist':
        return shown === '' ? {} : givenAway(shown)
      case 'chronicler': {
        const feelings = CAST.map((to) => ({ to, summary: `Close over ${shown}.` }))
        return { summary: `It was of ${shown || 'nothing'}.`, keep: [], feelings }
      }
      case 'summariser':
        return { summary: `So it was: ${shown || 'nothing'}.` }
      case 'biographer':
        return { changes: [{ line: 1, change: `Keeps ${shown || 'nothing'} to heart.` }] }
      default:
        return undefined
    }
  }
  const textOf = (messages: AskRequest<unknown>['messages']) =>
    messages.map(({ content }) => content).join('\n')
  const models: Models = {
    write: (_caller, { messages }) => {
      sent.push({ role: 'writer', text: textOf(messages) })
      const text = next.answer
      async function* deltas() {
        yield text
      }
      return { deltas: deltas(), result: Promise.resolve({ text, end: finished }) }
    },
    ask: async <T>({ role }: Caller, request: AskRequest<T>) => {
      const text = textOf(request.messages)
      sent.push({ role, text })
      const read = request.schema.safeParse(valueFor(role, text))
      return read.success
        ? { value: read.data, source: 'json_schema' as const, failures: [] }
        : { value: request.fallback, source: 'default' as const, failures: [] }
    },
    readerOf: () => ({ count: countTokens, context: undefined }),
  }
  return { models, sent, next }
}

export type Betrayers = ReturnType<typeof betrayers>

/** What was sent for one character, by whichever role, from a request on. */
export const sentFor = ({ sent }: Betrayers, name: string, since = 0): Sent[] =>
  sent
    .slice(since)
    .filter(({ text }) =>
      [`You are ${name},`, `You write for ${name}.`, `# The character\n${name}`].some((mark) =>
        text.includes(mark),
      ),
    )

export const holding = (all: readonly Sent[], word: string): Sent[] =>
  all.filter(({ text }) => text.includes(word))

let messages = 0

/** A player says something, and one of the cast answers. All that is asked after it is done, too. */
export const talk = async (
  { engine }: Pick<Workshop, 'engine'>,
  { next }: Betrayers,
  words: string,
  speaker: string,
  answer = '"Yes."',
  at = ref,
): Promise<void> => {
  messages += 1
  next.speaker = speaker
  next.answer = answer
  await engine.say(at, '500', message(`m${messages}`, words))
  await engine.idle()
}

/** A story of Mira, Jon, Bela and Ada, in which Ada and Mira are in a scene by themselves. */
export const alone = async (given: Partial<EngineDeps> = {}) => {
  const models = betrayers()
  models.next.answer = 'Rain.'
  const world = workshop([], { models: models.models, ...given })
  await beginWith(world, 'Mira', 'Jon', 'Bela')
  await sceneOf(world, 'Mira', 'Ada')
  return { world, models }
}

/** A scene of some begins; what was the scene before is over, and all who were in it keep what they do of it. */
export const sceneOf = async (world: Workshop, ...names: readonly string[]): Promise<void> => {
  if ((await headNow()).state.scene.open) await edited(world, closeScene, {})
  await world.engine.idle()
  await edited(world, openScene, { participants: await Promise.all(names.map(called)) })
}

/** Ada tells Mira, with enough said around it to be kept of the scene. */
export const tellSecret = async (world: Workshop, models: Betrayers): Promise<void> => {
  await talk(world, models, '"Mira, are we alone?"', 'Mira')
  await talk(world, models, `"Mira, the word is ${WORD}, and ${OTHER} opens the chest."`, 'Mira', '"I see."')
  await talk(world, models, '"Mira, keep it."', 'Mira')
}

/** Who has a word in anything that is kept of them at a head, in whatever table, by their names. */
export const knowing = async (stores: Stores, head: Head, word: string): Promise<string[]> => {
  const { characters, personas } = head.state.cast
  const cast = [
    ...characters.map(({ character, name }) => ({ entity: character, name })),
    ...personas.map(({ persona, name }) => ({ entity: persona, name })),
  ]
  const summaries = await stores.summaries.of(head)
  const kept = await Promise.all(
    cast.map(async ({ entity, name }) => {
      const { edges } = head.state
      const felt = edges
        .filter(({ from }) => from === entity)
        .flatMap(({ reason, summary }) => [reason, summary])
      const bodies = [
        ...(await stores.memories.memoriesOf(head, entity, 0, 500)).map(({ body }) => body),
        ...(await stores.memories.factsOf(head, entity)).map(({ body }) => body),
        ...(await stores.evolutions.of(head, entity)).map(({ body }) => body),
        ...summaries.filter(({ owner }) => owner === entity).map(({ body }) => body),
        ...felt.map((id) => head.words.get(id ?? '') ?? ''),
      ]
      return bodies.some((body) => body.includes(word)) ? [head.words.get(name) ?? ''] : []
    }),
  )
  return kept.flat().toSorted()
}
