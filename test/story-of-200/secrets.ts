import type { Name } from './script.ts'

/** The story as it stands, the turns that were taken back, and the branch. */
export type Telling = 'as it stands' | 'taken back' | 'on the branch'

/** From which turn on someone knows of something and, where they forget it, up to which. */
type Since = readonly [from: number, to?: number]

/** Something that not all know, by a word that stands in whatever tells of it and in nothing else. */
export type Secret = {
  readonly what: string
  readonly word: RegExp
  readonly known: Readonly<Partial<Record<Name, readonly Since[]>>>
  /** It was told nowhere else. */
  readonly only?: Telling
}

/** Up to which turn the branch is one with the story. */
const SHARED = 51

export const secrets: readonly Secret[] = [
  { what: 'what comes to the whistle', word: /\bseals?\b/iu, known: { Ada: [[5]], Mira: [[5]] } },
  {
    what: 'what lies under the step',
    word: /\bcharts?\b/iu,
    known: { Ada: [[7]], Mira: [[7]], Jonas: [[52, 170], [175]], Wren: [[63]] },
  },
  { what: 'the password', word: /\bkingfishers?\b/iu, known: { Ada: [[24]], Wren: [[24]] } },
  {
    what: 'what is wrong with the lamp',
    word: /\bturpentine\b/iu,
    known: { Mira: [[30]], Ben: [[30]], Wren: [[30]] },
  },
  { what: 'which house is searched', word: /\bgargoyles?\b/iu, known: { Ben: [[35]], Mira: [[35]] } },
  { what: 'where the harbour master is', word: /\bVask\b/iu, known: { Jonas: [[58, 170]] } },
  {
    what: 'what Jonas says of the harbour master',
    word: /\bdrown(?:s|ed|ing)?\b/iu,
    known: { Jonas: [[65, 170]], Wren: [[65]] },
  },
  {
    what: 'what the storm did',
    word: /\bcapstan\b/iu,
    known: { Ada: [[75]], Ben: [[75]], Mira: [[75]], Jonas: [[75, 170]], Wren: [[88]] },
  },
  {
    what: 'what was taken back',
    word: /\btocsin\b/iu,
    known: Object.fromEntries(
      (['Mira', 'Jonas', 'Wren', 'Ada', 'Ben'] as const).map((who) => [who, [[187]]]),
    ),
    only: 'taken back',
  },
]

/** Whether someone knows of something by the end of a turn. */
export const knows = ({ known, only }: Secret, who: Name, turn: number, telling: Telling): boolean => {
  if (only !== undefined && telling !== only) return false
  const last = telling === 'on the branch' ? Math.min(turn, SHARED) : turn
  return (known[who] ?? []).some(([from, to = Infinity]) => from <= last && turn <= to)
}

/** What a text tells that some of those who read it do not know. */
export const leaksIn = (text: string, readers: readonly Name[], turn: number, telling: Telling): string[] =>
  secrets
    .filter(({ word }) => word.test(text))
    .flatMap((secret) =>
      readers
        .filter((reader) => !knows(secret, reader, turn, telling))
        .map((reader) => `${reader} learns ${secret.what} in turn ${turn} (${telling})`),
    )
