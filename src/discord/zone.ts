import type { ServerSettings } from '../story/settings.ts'

/** Where a server's days begin: in the time zone that was set, else in this machine's. By its IANA name. */
export const zoneOf = ({ zone }: Pick<ServerSettings, 'zone'>): string =>
  zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone

/** Every time zone that can be suggested. Some known by older names can be set as well. */
export const zones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')]

/** A time zone as it was typed, in any case, by the name that it goes by; undefined where there is none. */
export const readZone = (typed: string): string | undefined => {
  // Intl also takes a mere difference, as +01:00, which knows no summer time and is no zone.
  const name = typed.trim().replace(/ /gu, '_')
  if (!/^[a-z]/iu.test(name)) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return zones.find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? timeZone
  } catch {
    return undefined
  }
}
