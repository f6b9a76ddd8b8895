/** Milliseconds as people read them. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** A time as Discord shows it to each reader: by their own clock, and how long it is until then. */
export const discordTime = (at: number): string =>
  `<t:${Math.ceil(at / 1000)}:F> (<t:${Math.ceil(at / 1000)}:R>)`
