import { createHash } from 'node:crypto'
import { BundledSettings } from '../../src/formats/bundle/story.ts'
import type { Sha256, StoryBundle } from '../../src/formats/bundle.ts'
import type { NewId } from '../../src/kit/ids.ts'
import { castMembers } from '../../src/story/cast.ts'
import { type Decision, regenerate, say, start, tell } from '../../src/story/decide.ts'
import { drafting } from '../../src/story/draft.ts'
import { addPlace, closeScene, openScene, setActivity } from '../../src/story/edit/world.ts'
import { EVENT_VERSION, parseEvent, type RecordedEvent } from '../../src/story/event.ts'
import type { Position } from '../../src/story/lineage.ts'
import { type LineId, type NewText, SKEIN } from '../../src/story/ref.ts'
import { segment } from '../../src/story/segment.ts'
import { emptyState, type StoryState } from '../../src/story/state.ts'
import { countingIds } from '../doubles/ids.ts'
import { accepted, ada, type Step } from '../story/given.ts'

export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

type Point = { readonly position: Position; readonly state: StoryState }

/** A log in memory, whose steps go on from any point of it, on a strand. */
const logging = () => {
  const events: RecordedEvent[] = []
  const texts: NewText[] = []
  const goOn = (strand: number, from: StoryState, ...steps: readonly Step[]): Point => {
    let state = from
    for (const step of steps) {
      const { turn, alternate, actor, ...decided } = accepted(step(state))
      for (const { type, data } of decided.events)
        events.push({
          ...parseEvent(type, EVENT_VERSION, data),
          ...{ seq: events.length + 1, strand, turn, alternate, at: 1000, actor },
        })
      texts.push(...decided.texts)
      state = decided.state
    }
    const { number: turn, alternate } = state.turn
    return { position: { strand, seq: events.length, turn, alternate }, state }
  }
  return { events, texts, goOn }
}

/** What came of the newest scene: what Mira feels and why, what she was told, how she changed. */
const afterScene = (state: StoryState, line: LineId, newId: NewId): Decision => {
  const draft = drafting(state, SKEIN, newId)
  const [mira = '', persona = ''] = castMembers(state.cast)
  const ends = { from: mira, to: persona }
  draft.emit({
    type: 'edge.shifted',
    data: { ...ends, affinity: -3, trust: 2, line, reason: draft.text('A wreck!') },
  })
  draft.emit({
    type: 'edge.summarised',
    data: { ...ends, summary: draft.text('They share a secret.'), before: null, lines: [line] },
  })
  draft.emit({
    type: 'memory.formed',
    data: {
      ...{ memory: newId(), owner: mira, text: draft.text('There is a wreck.'), witnesses: [mira] },
      ...{ source: 'told', toldBy: persona, chain: ['jon'], reliability: 0.5, significance: 2 },
      ...{ lines: [line], minutes: 480, scene: state.scene.number },
    },
  })
  draft.emit({ type: 'scene.summarised', data: { scene: state.scene.number } })
  const where = { line, lines: [line], turn: state.turn.number, scene: state.scene.number, place: null }
  const changes = [{ character: mira, text: draft.text('Mira fears the sea.'), ...where }]
  draft.emit({ type: 'cast.evolved', data: { from: 1, to: state.turn.number, changes } })
  return draft.done()
}

const branch = { name: null, description: null, createdAt: 1, updatedAt: 2, deletedAt: null }

/**
 * Two branches, of which one left the other after the first turn; a second answer to the newest turn of the first,
 * which is not the one in force; on the second, what came of a scene, in words; and words that are hard to write down.
 */
export const smallStory = (): StoryBundle => {
  const newId = countingIds()
  const telling = (text: string) => (state: StoryState) => tell(state, text, 'finished', newId)
  const saying = (text: string) => (state: StoryState) => say(state, ada, segment(text), new Map(), newId)
  const { events, texts, goOn } = logging()
  const newestLine = () => {
    const spoken = events.findLast(({ type }) => type === 'line.spoken')
    return spoken?.type === 'line.spoken' ? spoken.data.line : ''
  }

  const opened = goOn(
    1,
    emptyState,
    (state) => start(state, { player: ada, title: 'Fog', character: { name: 'Mira' } }, newId),
    telling('Rain.\n\u2028“Who — 🦊 — is there?”\u0000'),
  )
  const stays = goOn(
    1,
    opened.state,
    saying('"{\\"__proto__\\": 1}"'),
    telling('One answer.'),
    (state) => regenerate(state, { player: ada.id, alternate: 1, direction: 'Shorter.' }, newId),
    telling('Another answer.'),
  )
  const leaves = goOn(
    2,
    opened.state,
    saying('*leaves*'),
    telling('Gone.'),
    (state) => addPlace(state, ada.id, { name: 'Pier: its end', type: 'pier' }, newId),
    (state) =>
      setActivity(
        state,
        ada.id,
        { entity: state.cast.characters[0]?.character ?? '', activity: { posture: 'sits: tired' } },
        newId,
      ),
    (state) => openScene(state, ada.id, {}, newId),
    saying('"There is a wreck."'),
    telling('Silence.'),
    (state) => closeScene(state, ada.id, {}, newId),
    (state) => afterScene(state, newestLine(), newId),
  )
  const move = { branch: 'root', at: 5, actor: ada.id }
  return {
    strands: [
      { id: 1, parent: null, forkSeq: 0 },
      { id: 2, parent: 1, forkSeq: opened.position.seq },
    ],
    branches: [
      { ...branch, id: 'root', parent: null, forkTurn: null, head: { ...stays.position, alternate: 0 } },
      { ...branch, id: 'b2', name: 'name', parent: 'root', forkTurn: 1, head: leaves.position },
    ],
    moves: [
      { ...move, id: 1, cause: 'rewound', undoes: null, from: stays.position, to: opened.position },
      { ...move, id: 2, cause: 'undone', undoes: 1, from: opened.position, to: stays.position },
    ],
    events,
    texts: [...texts, { id: 'name', author: ada.id, body: 'The other way' }],
    settings: [BundledSettings.parse({ mode: 'lean', lines: [{ label: 'spiders' }] })],
  }
}
