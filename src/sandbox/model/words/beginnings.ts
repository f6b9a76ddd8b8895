/** Words by which prose says how a scene begins: the first that is found counts. */
export type Said<T> = readonly (readonly [pattern: RegExp, means: T])[]

/** Times of day, as hours and minutes. */
export const hours: Said<readonly [hour: number, minute: number]> = [
  [/\bmidnight\b/i, [0, 0]],
  [/\b(dawn|daybreak|sunrise|first light)\b/i, [6, 0]],
  [/\b(noon|midday)\b/i, [12, 0]],
  [/\bafternoon\b/i, [15, 0]],
  [/\b(dusk|sunset|twilight|sundown|nightfall)\b/i, [19, 0]],
  [/\bevening\b/i, [20, 0]],
  [/\bmorning\b/i, [8, 0]],
  [/\bnight\b/i, [22, 0]],
]

export const weathers: Said<string> = [
  [/\bthunder/i, 'thunder'],
  [/\bstorm/i, 'storm'],
  [/\bdrizzl/i, 'drizzle'],
  [/\brain/i, 'rain'],
  [/\bsnow/i, 'snow'],
  [/\bfog/i, 'fog'],
  [/\bmist\b/i, 'mist'],
  [/\bfrost/i, 'frost'],
  [/\bwind(y|s)?\b/i, 'wind'],
  [/\bsun(ny|shine)\b/i, 'sun'],
]

export const postures: Said<string> = [
  [/\b(sits?|sat|sitting)\b/i, 'sitting'],
  [/\b(stands?|stood|standing)\b/i, 'standing'],
  [/\b(kneels?|knelt|kneeling)\b/i, 'kneeling'],
  [/\b(lies|lay|lying)\b/i, 'lying'],
  [/\b(leans?|leant|leaning)\b/i, 'leaning'],
  [/\bcrouch(es|ed|ing)?\b/i, 'crouching'],
]

export const conditions: Said<string> = [
  [/\b(wounded|hurt|bleeding)\b/i, 'wounded'],
  [/\b(soaked|dripping|drenched)\b/i, 'soaked'],
  [/\bdrunk\b/i, 'drunk'],
  [/\bexhausted\b/i, 'exhausted'],
  [/\btired\b/i, 'tired'],
  [/\basleep\b/i, 'asleep'],
]

/** How one stands to another, as affinity and trust. */
export const standings: Said<readonly [affinity: number, trust: number]> = [
  [/\b(distrusts?|mistrusts?|suspects?|(does|do) not trust|doesn[’']t trust)\b/i, [45, 20]],
  [/\btrusts?\b/i, [60, 80]],
  [/\b(loves?|adores?)\b/i, [90, 70]],
  [/\b(likes?|fond of|friends? of|admires?)\b/i, [70, 60]],
  [/\b(hates?|despises?|loathes?)\b/i, [10, 25]],
  [/\b(fears?|afraid of)\b/i, [35, 25]],
  [/\b(owes?|indebted)\b/i, [55, 55]],
]

export const meaning = <T>(said: Said<T>, text: string): T | undefined =>
  said.find(([pattern]) => pattern.test(text))?.[1]
