import { recall, remember } from './storage.ts'

const inAddress = (): string | undefined => new URL(location.href).searchParams.get('as') ?? undefined

/** Whom this tab wants to be: what its address says, or else whoever this browser was last. */
export const wantedPerson = (): string | undefined => inAddress() ?? recall('as')

/** Keeps the choice: for this tab in its address, for new tabs in the browser. */
export const keepPerson = (id: string): void => {
  remember('as', id)
  const url = new URL(location.href)
  url.searchParams.set('as', id)
  history.replaceState(null, '', url)
}

/** The address of the loopback Discord for a person; the server picks one where none is named. */
export const peopleAddress = (person: string | undefined): string => {
  const url = new URL('/people', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.hash = ''
  if (person) url.searchParams.set('as', person)
  return url.href
}
