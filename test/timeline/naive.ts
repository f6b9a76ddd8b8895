import type { Decision } from '../../src/story/decide.ts'
import type { StoryEvent } from '../../src/story/event.ts'
import type { Line } from '../../src/story/line.ts'
import { fold, type StoryState, textsIn } from '../../src/story/state.ts'
import type { KeptChange } from '../../src/turn/ports/evolution.ts'
import type { KeptSummary } from '../../src/turn/ports/records.ts'
import type { Impact, KnownFact, Remembered } from '../../src/turn/ports/timeline.ts'
import type { Visible } from '../doubles/digest.ts'

/**
 * The timeline as one would first write it: each head owns a list of all that led to it, and everything is told by
 * reading the list again from its beginning.
 */

export type Entry = {
  readonly seq: number
  readonly turn: number
  readonly alternate: number | null
  readonly event: StoryEvent
}

/** A story as one head has it. `alternate`: the answer in force in its newest turn. */
export type Copy = { readonly entries: readonly Entry[]; readonly alternate: number }

/** What texts say, by their ids. */
export type Words = ReadonlyMap<string, string>

export const nothing: Copy = { entries: [], alternate: 0 }

type EntryOf<T extends StoryEvent['type']> = Entry & { readonly event: Extract<StoryEvent, { type: T }> }

const ofType = <T extends StoryEvent['type']>(entries: readonly Entry[], type: T): EntryOf<T>[] =>
  entries.filter((entry): entry is EntryOf<T> => entry.event.type === type)

export const newestTurn = ({ entries }: Copy): number => ofType(entries, 'turn.opened').at(-1)?.turn ?? 0

/** A list with what a decision adds to it. */
export const adding = ({ entries }: Copy, decision: Decision, after: number): Copy => {
  const { turn, alternate, events, state } = decision
  const added = events.map((event, index) => ({ seq: after + 1 + index, turn, alternate, event }))
  return { entries: [...entries, ...added], alternate: state.turn.alternate }
}

/** The list as it was when a turn ended: before the next one opened. */
export const upToEndOf = ({ entries }: Copy, turn: number): Copy | undefined => {
  const next = ofType(entries, 'turn.opened').find((opening) => opening.turn === turn + 1)
  return next && { entries: entries.slice(0, entries.indexOf(next)), alternate: next.event.data.after }
}

/** Without the answers that were given and are not in force. */
export const inForce = (copy: Copy): Entry[] => {
  const chosen = new Map([[newestTurn(copy), copy.alternate]])
  for (const { turn, event } of ofType(copy.entries, 'turn.opened')) chosen.set(turn - 1, event.data.after)
  return copy.entries.filter(({ turn, alternate }) => alternate === null || chosen.get(turn) === alternate)
}

export const stateIn = (copy: Copy): StoryState => fold(inForce(copy).map(({ event }) => event))

const isOfLine = (turn: number) => (line: Line) => line.turn === turn

const linesIn = (entries: readonly Entry[], words: Words): Line[] => {
  const lines: Line[] = []
  for (const { seq, turn, event } of entries) {
    if (event.type === 'line.spoken') {
      const { line: id, text, ...spoken } = event.data
      lines.push({ ...spoken, id, turn, place: seq, text })
    }
    if (event.type === 'line.revised') {
      const { replaces, lines: anew, ...revised } = event.data
      lines.push(...anew.map(({ line: id, ...spoken }) => ({ ...revised, ...spoken, id })))
    }
  }
  const replaced = new Set(ofType(entries, 'line.revised').flatMap(({ event }) => event.data.replaces))
  return lines
    .filter(({ id, text }) => !replaced.has(id) && words.has(text))
    .map((line) => ({ ...line, text: words.get(line.text) ?? '' }))
    .sort((a, b) => a.turn - b.turn || a.place - b.place)
}

const resetSince = (entries: readonly Entry[], owner: string): number =>
  Math.max(
    0,
    ...ofType(entries, 'story.reset')
      .filter(({ event: { data } }) => data.scope === 'story' || data.character === owner)
      .map(({ seq }) => seq),
  )

const byOwner = (a: { readonly owner: string }, b: { readonly owner: string }) =>
  a.owner < b.owner ? -1 : Number(a.owner > b.owner)

const memoriesIn = (entries: readonly Entry[], words: Words): Remembered[] => {
  const superseded = new Set(ofType(entries, 'memory.superseded').map(({ event }) => event.data.memory))
  return ofType(entries, 'memory.formed')
    .filter(({ seq, event: { data } }) => seq > resetSince(entries, data.owner))
    .filter(({ event: { data } }) => !superseded.has(data.memory) && words.has(data.text))
    .map(({ turn, event: { data } }) => ({ ...data, turn, body: words.get(data.text) ?? '' }))
    .reverse()
    .sort(byOwner)
}

const factsIn = (entries: readonly Entry[], words: Words): KnownFact[] =>
  ofType(entries, 'fact.learned')
    .filter(({ seq, event: { data } }) => seq > resetSince(entries, data.owner) && words.has(data.text))
    .map(({ event: { data } }) => ({ fact: data.fact, owner: data.owner, body: words.get(data.text) ?? '' }))
    .sort(byOwner)

/** In which turn each came into the story for the first time. */
const arrivalsIn = (entries: readonly Entry[]): [string, number][] => {
  const arrivals = entries.flatMap(({ turn, event }): [string, number][] => {
    if (event.type === 'character.introduced') return [[event.data.character, turn]]
    return event.type === 'persona.taken' ? [[event.data.persona, turn]] : []
  })
  return arrivals.filter(([entity], nth) => arrivals.findIndex(([other]) => other === entity) === nth)
}

const summariesIn = (entries: readonly Entry[], words: Words): KeptSummary[] => {
  const arrivals = arrivalsIn(entries)
  const told = ofType(entries, 'past.summarised')
  const replaced = new Set(told.flatMap(({ event }) => event.data.replaces))
  return told
    .flatMap(({ seq, event: { data } }) =>
      data.owners.map(({ owner, summary: id }) => {
        const { text, from, to, level } = data
        const newcomers = arrivals.filter(([, turn]) => turn > to).map(([entity]) => entity)
        return { seq, kept: { id, owner, text, from, to, level, body: words.get(text) ?? '', newcomers } }
      }),
    )
    .filter(({ seq, kept }) => seq > resetSince(entries, kept.owner))
    .filter(({ kept }) => !replaced.has(kept.id))
    .map(({ kept }) => kept)
    .sort((one, other) => one.from - other.from || byOwner(one, other))
}

const evolutionsIn = (entries: readonly Entry[], words: Words, owner: string): KeptChange[] =>
  ofType(entries, 'cast.evolved')
    .filter(({ seq }) => seq > resetSince(entries, owner))
    .flatMap(({ event: { data } }) =>
      data.changes.map((change) => ({ ...change, from: data.from, to: data.to })),
    )
    .filter(({ character, text }) => character === owner && words.has(text))
    .map(({ character: _, line: __, lines: ___, ...change }) => ({
      ...change,
      body: words.get(change.text) ?? '',
    }))

/** The answers to the newest turn that were told, and the one in force. */
export const alternatesIn = (copy: Copy): number[] => {
  const newest = newestTurn(copy)
  const told = ofType(copy.entries, 'turn.told').filter(({ turn }) => turn === newest)
  const numbers = told.flatMap(({ alternate }) => alternate ?? [])
  return [...new Set([...numbers, copy.alternate])].sort((a, b) => a - b)
}

/** The number of the newest turn's next answer. */
export const nextAlternateIn = (copy: Copy): number => {
  const newest = newestTurn(copy)
  const asked = ofType(copy.entries, 'turn.regenerated').filter(({ turn }) => turn === newest)
  return Math.max(0, ...asked.map(({ event }) => event.data.alternate)) + 1
}

/** All that a head shows, read off its list. */
export const visibleIn = (copy: Copy, words: Words): Visible => {
  const entries = inForce(copy)
  const state = fold(entries.map(({ event }) => event))
  return {
    state,
    words: Object.fromEntries(
      textsIn(state).flatMap((id) => {
        const body = words.get(id)
        return body === undefined ? [] : [[id, body]]
      }),
    ),
    lines: linesIn(entries, words),
    alternates: alternatesIn(copy).map((alternate) => ({
      alternate,
      lines: linesIn(inForce({ ...copy, alternate }), words).filter(isOfLine(newestTurn(copy))),
    })),
    memories: memoriesIn(entries, words),
    facts: factsIn(entries, words),
    summaries: summariesIn(entries, words),
    evolutions: state.cast.characters.map(({ character }) => evolutionsIn(entries, words, character)),
  }
}

/** What of one list is in force there and was added after another. */
export const impactOf = (copy: Copy, target: Copy): Impact => {
  const left = inForce(copy).filter(({ seq }) => seq > (target.entries.at(-1)?.seq ?? 0))
  return {
    turns: newestTurn(copy) - newestTurn(target),
    lines: ofType(left, 'line.spoken').length,
    scenes: ofType(left, 'scene.opened').length,
    shifts: ofType(left, 'edge.shifted').length + ofType(left, 'edge.set').length,
    memories: ofType(left, 'memory.formed').length,
    changes: ofType(left, 'cast.evolved').flatMap(({ event }) => event.data.changes).length,
  }
}

/** A text, and what it rests on: lines, summaries and other texts alike. */
type Resting = { readonly text: string | null; readonly on: readonly string[] }

const restingIn = (event: StoryEvent): Resting[] => {
  switch (event.type) {
    case 'memory.formed':
    case 'fact.learned':
      return [{ text: event.data.text, on: event.data.lines }]
    case 'past.summarised':
      return [{ text: event.data.text, on: [...event.data.lines, ...event.data.replaces] }]
    case 'turn.planned': {
      const { plan, reason, lines = [] } = event.data
      return [plan, reason].map((text) => ({ text, on: lines }))
    }
    case 'turn.regenerated': {
      const { line } = event.data
      return line ? [{ text: line.text, on: line.replaces }] : []
    }
    case 'edge.shifted':
      return [{ text: event.data.reason, on: [event.data.line] }]
    case 'edge.summarised': {
      const { summary, before, lines } = event.data
      return [{ text: summary, on: before === null ? lines : [...lines, before] }]
    }
    case 'cast.evolved':
      return event.data.changes.map(({ text, line, lines }) => ({ text, on: [line, ...lines] }))
    default:
      return []
  }
}

/** The texts that came from a message, and those that rest on what it said. */
export const textsFrom = (entries: readonly Entry[], source: string): Set<string> => {
  const lines = new Map<string, string>()
  for (const { event } of entries) {
    if (event.type === 'line.spoken' && event.data.source === source)
      lines.set(event.data.line, event.data.text)
    const isFromIt = (data: { source: string | null; replaces: readonly string[] }) =>
      data.source === source || data.replaces.some((line) => lines.has(line))
    if (event.type === 'line.revised' && isFromIt(event.data))
      for (const { line, text } of event.data.lines) lines.set(line, text)
  }
  const texts = new Set(lines.values())
  const gone = new Set(lines.keys())
  for (const { event } of entries) {
    for (const { text, on } of restingIn(event)) {
      if (text === null || !on.some((id) => gone.has(id))) continue
      texts.add(text)
      gone.add(text)
      if (event.type === 'past.summarised') for (const { summary } of event.data.owners) gone.add(summary)
    }
  }
  return texts
}
