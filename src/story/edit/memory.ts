import { z } from 'zod'
import { isCast } from '../cast.ts'
import type { Draft, RefusalKind } from '../draft.ts'
import { Memory, memorySources, type Pin, pinOf, roomFor } from '../memory.ts'
import { EntityId, MemoryId } from '../ref.ts'
import { CitedLine, edit, isSame, Prose } from './edit.ts'

// Pins after making room for it. Full: nothing but pins set by hand, which never make room.
const placePin = (draft: Draft, pin: Pin): RefusalKind | undefined => {
  const room = roomFor(draft.state().pins, pin.owner, pin.how)
  if (room === 'full') return 'pins_full'
  if (room !== 'free') {
    const { memory, owner, how: before } = room.evict
    draft.emit({ type: 'memory.unpinned', data: { memory, owner, how: 'automatic', before } })
  }
  return draft.emit({ type: 'memory.pinned', data: pin })
}

/** The significance of what is pinned on its own. */
export const UNFORGETTABLE = 3

const intersection = (lists: readonly (readonly EntityId[])[]): EntityId[] => {
  const [first = [], ...rest] = lists
  return first.filter((entity) => rest.every((list) => list.includes(entity)))
}

const witnessesOfAll = (owner: EntityId, lines: readonly CitedLine[]): EntityId[] =>
  lines.length > 0 ? intersection(lines.map(({ witnesses }) => witnesses)) : [owner]

const hasWitnessed = (owner: EntityId, lines: readonly CitedLine[]) =>
  lines.every(({ witnesses }) => witnesses.includes(owner))

/** A memory of someone who witnessed every line that it rests on. What matters most is pinned on its own. */
export const addMemory = edit(
  z
    .object({
      owner: EntityId,
      text: Prose,
      source: z.enum(memorySources).default('direct'),
      toldBy: EntityId.nullable().default(null),
      chain: z.array(EntityId).default([]),
      reliability: z.number().min(0).max(1).default(1),
      significance: z.int().min(0).max(UNFORGETTABLE).default(1),
      lines: z.array(CitedLine).default([]),
    })
    .refine(({ source, toldBy }) => (source === 'told') === (toldBy !== null), { path: ['toldBy'] }),
  (draft, { text, lines, ...told }) => {
    const { owner, toldBy } = told
    const { cast, clock, scene } = draft.state()
    if (!isCast(cast, owner) || (toldBy !== null && !isCast(cast, toldBy))) return 'unknown_entity'
    if (!hasWitnessed(owner, lines)) return 'not_witnessed'
    const memory = draft.newId()
    draft.emit({
      type: 'memory.formed',
      data: {
        ...told,
        memory,
        text: draft.text(text),
        witnesses: witnessesOfAll(owner, lines),
        lines: lines.map(({ id }) => id),
        minutes: clock.minutes,
        scene: scene.open && scene.number,
      },
    })
    if (told.significance === UNFORGETTABLE) placePin(draft, { memory, owner, how: 'automatic' })
    return undefined
  },
)

/** Puts other words in a memory's place, or nothing (null): it is forgotten. Its pin goes over to them. */
export const supersedeMemory = edit(
  z.object({ memory: Memory, text: Prose.nullable() }),
  (draft, { memory: before, text }) => {
    const { memory, owner } = before
    if (!isCast(draft.state().cast, owner)) return 'unknown_entity'
    const by = text === null ? null : draft.newId()
    if (text !== null && by !== null)
      draft.emit({ type: 'memory.formed', data: { ...before, memory: by, text: draft.text(text) } })
    return draft.emit({ type: 'memory.superseded', data: { memory, owner, by } })
  },
)

/** What all of them say; undefined where one says something else. */
const agreed = <T>(values: readonly T[]): T | undefined => {
  const [first, ...rest] = values
  return first !== undefined && rest.every((value) => isSame(first, value)) ? first : undefined
}

// Hearsay from several mouths is nobody's in particular: it is what its owner made of it all.
const provenanceOf = (memories: readonly Memory[]): Pick<Memory, 'source' | 'toldBy' | 'chain'> => {
  const source = agreed(memories.map(({ source }) => source))
  const toldBy = agreed(memories.map(({ toldBy }) => toldBy)) ?? null
  return source === undefined || (source === 'told' && toldBy === null)
    ? { source: 'summary', toldBy: null, chain: [] }
    : { source, toldBy, chain: agreed(memories.map(({ chain }) => chain)) ?? [] }
}

/**
 * Puts one memory in the place of several of its owner's, in other words. It rests on all that they rest on, is as
 * old as the oldest, weighs as much as the weightiest, and is no more reliable than the least reliable of them. A pin
 * of any goes over to it, and one that was set by hand stays so.
 */
export const mergeMemories = edit(
  z.object({
    memories: z
      .array(Memory)
      .min(2)
      .refine((memories) => new Set(memories.map(({ memory }) => memory)).size === memories.length)
      .refine((memories) => new Set(memories.map(({ owner }) => owner)).size === 1),
    text: Prose,
  }),
  (draft, { memories, text }) => {
    const { owner, minutes, scene } = memories.reduce((oldest, each) =>
      each.minutes < oldest.minutes ? each : oldest,
    )
    const by = draft.newId()
    draft.emit({
      type: 'memory.formed',
      data: {
        ...{ memory: by, owner, text: draft.text(text), minutes, scene },
        ...provenanceOf(memories),
        witnesses: intersection(memories.map(({ witnesses }) => witnesses)),
        reliability: Math.min(...memories.map(({ reliability }) => reliability)),
        significance: Math.max(...memories.map(({ significance }) => significance)),
        lines: [...new Set(memories.flatMap(({ lines }) => lines))],
      },
    })
    const isByHand = ({ memory }: Memory) => pinOf(draft.state().pins, owner, memory)?.how === 'manual'
    // The first pin that goes over is the one that stays.
    for (const { memory } of [...memories.filter(isByHand), ...memories.filter((each) => !isByHand(each))])
      draft.emit({ type: 'memory.superseded', data: { memory, owner, by } })
    return undefined
  },
)

const OwnedMemory = z.object({ owner: EntityId, memory: MemoryId })

export const pinMemory = edit(
  OwnedMemory.extend({ how: z.enum(['manual', 'automatic']).default('manual') }),
  (draft, pin) => {
    const { cast, pins } = draft.state()
    if (!isCast(cast, pin.owner)) return 'unknown_entity'
    const known = pinOf(pins, pin.owner, pin.memory)
    if (!known) return placePin(draft, pin)
    if (known.how === 'manual' || pin.how === 'automatic') return 'already_pinned'
    return draft.emit({ type: 'memory.pinned', data: pin })
  },
)

export const unpinMemory = edit(OwnedMemory, (draft, { owner, memory }) => {
  const known = pinOf(draft.state().pins, owner, memory)
  if (!known) return 'not_pinned'
  return draft.emit({
    type: 'memory.unpinned',
    data: { memory, owner, how: 'manual', before: known.how },
  })
})

export const learnFact = edit(
  z.object({ owner: EntityId, text: Prose, lines: z.array(CitedLine).default([]) }),
  (draft, { owner, text, lines }) => {
    if (!isCast(draft.state().cast, owner)) return 'unknown_entity'
    if (!hasWitnessed(owner, lines)) return 'not_witnessed'
    return draft.emit({
      type: 'fact.learned',
      data: { fact: draft.newId(), owner, text: draft.text(text), lines: lines.map(({ id }) => id) },
    })
  },
)
