import { type APIMessage, MessageFlags } from 'discord-api-types/v10'
import { compareIds } from './ids.ts'

/** A message as the page keeps it. Ephemeral ones are in no history: they last as long as the page. */
export type Entry = { readonly message: APIMessage; readonly ephemeral: boolean }

/** What the page knows of one channel. `older` tells whether history reaches further back. */
export type Log = {
  readonly entries: readonly Entry[]
  readonly loaded: boolean
  readonly older: boolean
}

const entryOf = (message: APIMessage): Entry => ({
  message,
  ephemeral: ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
})

export const EMPTY_LOG: Log = { entries: [], loaded: false, older: false }

/** The number of messages that `history` answers at most. */
const HISTORY_PAGE = 50

const sorted = (entries: Iterable<Entry>): Entry[] =>
  [...entries].sort((a, b) => compareIds(a.message.id, b.message.id))

const byId = (entries: readonly Entry[]): Map<string, Entry> =>
  new Map(entries.map((entry) => [entry.message.id, entry]))

/** Adds a message, or replaces it where it is already there. */
export const upsert = (log: Log, entry: Entry): Log => {
  const at = log.entries.findLastIndex(({ message }) => message.id === entry.message.id)
  if (at >= 0) return { ...log, entries: log.entries.with(at, entry) }
  const last = log.entries.at(-1)
  const entries = [...log.entries, entry]
  const inOrder = !last || compareIds(last.message.id, entry.message.id) < 0
  return { ...log, entries: inOrder ? entries : sorted(entries) }
}

/** Replies quote a message as it is now, or say that it is gone. */
const requote = (log: Log, id: string, now: APIMessage | null): Log =>
  log.entries.some(({ message }) => message.referenced_message?.id === id)
    ? {
        ...log,
        entries: log.entries.map((entry) =>
          entry.message.referenced_message?.id === id
            ? { ...entry, message: { ...entry.message, referenced_message: now } }
            : entry,
        ),
      }
    : log

/** Changes a message that is there; an edit of one that was never loaded changes only what quotes it. */
export const replace = (log: Log, entry: Entry): Log => {
  const quoted = requote(log, entry.message.id, entry.message)
  return log.entries.some(({ message }) => message.id === entry.message.id) ? upsert(quoted, entry) : quoted
}

export const remove = (log: Log, id: string): Log => {
  const quoted = requote(log, id, null)
  return { ...quoted, entries: quoted.entries.filter(({ message }) => message.id !== id) }
}

/** The newest page of history: it replaces what was shown, so that a gap after a lost connection closes. */
export const withLatest = (
  log: Log,
  page: readonly APIMessage[],
  arrivedMeanwhile: readonly Entry[],
): Log => {
  const entries = byId(log.entries.filter((entry) => entry.ephemeral))
  for (const message of page) entries.set(message.id, entryOf(message))
  for (const entry of arrivedMeanwhile) entries.set(entry.message.id, entry)
  return { entries: sorted(entries.values()), loaded: true, older: page.length >= HISTORY_PAGE }
}

/** An older page of history, put before what is there. */
export const withOlder = (log: Log, page: readonly APIMessage[]): Log => {
  const entries = byId(page.map(entryOf))
  for (const entry of log.entries) entries.set(entry.message.id, entry)
  return { entries: sorted(entries.values()), loaded: true, older: page.length >= HISTORY_PAGE }
}
