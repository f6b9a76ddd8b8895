/**
 * The words of one kind of story. Every rule is a tracery rule: `#place#`, `#thing#` and the like are filled from
 * the story or from this genre. Sentences avoid what another could contradict: the hour, the season, who is there.
 */
export type Genre = {
  readonly id: string
  /** Words of a premise that speak for this genre. */
  readonly words: readonly string[]
  /** Words that speak for it too, but as well for others. */
  readonly hints: readonly string[]
  /** Where it plays when the premise names no place. */
  readonly place: string
  /** Noun phrases. `sound` and `smell` are things, `way` is where one can go, `thing` what one can find. */
  readonly sound: readonly string[]
  readonly smell: readonly string[]
  readonly light: readonly string[]
  readonly surface: readonly string[]
  readonly thing: readonly string[]
  readonly way: readonly string[]
  /** Someone without a name, singular, with an article. */
  readonly stranger: readonly string[]
  /** Whole sentences: how a scene opens, what is there, and what happens without anybody's doing. */
  readonly opening: readonly string[]
  readonly sense: readonly string[]
  readonly change: readonly string[]
  readonly threads: readonly Thread[]
}

/** A small mystery that a story keeps coming back to. Lines are in order, each a step further. */
export type Thread = {
  readonly told: readonly string[]
  /** The same as a character speaks of it. */
  readonly said: readonly string[]
}

export const words = (list: string): string[] => list.split(' ')
