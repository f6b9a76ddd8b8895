import { calledIn } from '../prompt/names.ts'
import { castMembers, characterIn, isSameName, nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { type EntityId, NARRATOR } from '../story/ref.ts'
import { present } from '../story/scene.ts'

/** One of the cast, with the name under which no other goes. */
export type Member = {
  readonly entity: EntityId
  readonly handle: string
  /** Personas' feelings are for their players to say. */
  readonly isCharacter: boolean
  /** Not so for one who has left, or was never here. */
  readonly isPresent: boolean
  /** Present, or one who perceived a line: all others can do no more than come. */
  readonly isConcerned: boolean
}

export type Roster = readonly Member[]

/** What is said out of character changes nothing in the story. */
export const toldIn = (lines: readonly Line[]): Line[] => lines.filter(({ kind }) => kind !== 'ooc')

/**
 * A name for each of some that no other goes by, nor one that is taken. The first of a name keeps it, so that those
 * who come later change nobody else's.
 */
export const handlesFor = (names: readonly string[], taken: readonly string[]): string[] => {
  const handles: string[] = []
  for (const name of names) {
    const isFree = (handle: string) =>
      ![...taken, ...handles, ...(handle === name ? [] : names)].some((other) => isSameName(other, handle))
    let handle = name
    for (let number = 2; !isFree(handle); number += 1) handle = `${name} ${number}`
    handles.push(handle)
  }
  return handles
}

/** The cast, as a settlement of lines can name them. */
export const rosterOf = (head: Pick<Head, 'state' | 'words'>, lines: readonly Line[]): Roster => {
  const { cast, scene } = head.state
  const called = calledIn(head)
  const here = new Set(present(cast, scene))
  const hearers = new Set(toldIn(lines).flatMap(({ witnesses }) => witnesses))
  const members = castMembers(cast)
  const names = members.map((entity) => called(entity).replace(/\s+/gu, ' ').trim())
  const handles = handlesFor(names, [called(NARRATOR)])
  return members.map((entity, index) => ({
    entity,
    handle: handles[index] ?? '',
    isCharacter: characterIn(cast, entity) !== undefined,
    isPresent: here.has(entity),
    isConcerned: here.has(entity) || hearers.has(entity),
  }))
}

/** The head with everyone called by their handle. */
export const underHandles = (head: Head, roster: Roster): Head => ({
  ...head,
  words: new Map([
    ...head.words,
    ...roster.flatMap(({ entity, handle }) => {
      const name = nameOf(head.state.cast, entity)
      return name === undefined ? [] : [[name, handle] as const]
    }),
  ]),
})
