import { z } from 'zod'
import { EVENT_VERSION, parseEvent, type RecordedEvent } from '../story/event.ts'
import { type Files, pack, unpack } from './bundle/archive.ts'
import { checkStory } from './bundle/check.ts'
import { faulty } from './bundle/fault.ts'
import { LIMITS, type Limits } from './bundle/limits.ts'
import {
  BundledBranch,
  BundledEvent,
  BundledMove,
  BundledSettings,
  BundledStrand,
  BundledText,
  hasSafeIds,
  type StoryBundle,
} from './bundle/story.ts'

export { type BundleFault, faultOf } from './bundle/fault.ts'
export type { StoryBundle } from './bundle/story.ts'

/** The SHA-256 of bytes, in hexadecimal digits. An argument, because the codec is pure. */
export type Sha256 = (bytes: Uint8Array) => string

/**
 * Raised when a bundle is to be read otherwise, or can have kinds of event that an older Skein does not know. Those of
 * version 1 have no settings; up to version 2, none has scenes that are summed up, or changes of characters.
 */
const BUNDLE_VERSION = 3
const FORMAT = 'skein-story'
const MANIFEST = 'manifest.json'

const parts = [
  'strands',
  'branches',
  'moves',
  'events',
  'texts',
  'settings',
] as const satisfies (keyof StoryBundle)[]
type Part = (typeof parts)[number]

/** What grows with the story is read line by line. */
const FILES: Readonly<Record<Part, string>> = {
  strands: 'strands.json',
  branches: 'branches.json',
  moves: 'moves.json',
  events: 'events.jsonl',
  texts: 'texts.jsonl',
  settings: 'settings.json',
}

const partsIn = (version: number): readonly Part[] =>
  version < 2 ? parts.filter((part) => part !== 'settings') : parts

/** What every version of a bundle says of itself. */
const Versioned = z.object({ format: z.literal(FORMAT), version: z.int().min(1) })

const Manifest = Versioned.extend({
  eventVersion: z.int().min(1),
  counts: z.partialRecord(z.enum(parts), z.int().min(0)),
  digests: z.partialRecord(z.enum(parts), z.string()),
})
type Manifest = z.infer<typeof Manifest>

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const asJson = (value: unknown) => encoder.encode(`${JSON.stringify(value, undefined, 1)}\n`)
const asLines = (rows: readonly unknown[]) =>
  encoder.encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))

const eventRow = ({ seq, strand, turn, alternate, at, actor, type, data }: RecordedEvent) => ({
  ...{ seq, strand, turn, alternate, at, actor, type, data },
})
const textRow = ({ id, author, body }: BundledText): BundledText => ({ id, author, body })

/** A story as a file. The same story gives the same bytes. */
export const writeBundle = (story: StoryBundle, sha256: Sha256): Uint8Array<ArrayBuffer> => {
  // Parsing puts the fields of small rows in one order, whichever they came in.
  const files: Record<Part, Uint8Array<ArrayBuffer>> = {
    strands: asJson(story.strands.map((strand) => BundledStrand.parse(strand))),
    branches: asJson(story.branches.map((branch) => BundledBranch.parse(branch))),
    moves: asJson(story.moves.map((move) => BundledMove.parse(move))),
    events: asLines(story.events.map(eventRow)),
    texts: asLines(story.texts.map(textRow)),
    settings: asJson(story.settings.map((settings) => BundledSettings.parse(settings))),
  }
  const of = <T>(value: (part: Part) => T) =>
    Object.fromEntries(parts.map((part) => [part, value(part)])) as Record<Part, T>
  const manifest: Manifest = {
    format: FORMAT,
    version: BUNDLE_VERSION,
    eventVersion: EVENT_VERSION,
    counts: of((part) => story[part].length),
    digests: of((part) => sha256(files[part])),
  }
  return pack(
    new Map([[MANIFEST, asJson(manifest)], ...parts.map((part) => [FILES[part], files[part]] as const)]),
  )
}

/** Reads rows as a schema has them: what it does not name is left out, `__proto__` too. */
const parsed = <T>(schema: z.ZodType<T>, bytes: Uint8Array, where: string): T => {
  try {
    return schema.parse(JSON.parse(decoder.decode(bytes)))
  } catch (error) {
    throw faulty('malformed', where, error)
  }
}

const NEWLINE = 0x0a

function* linesIn(bytes: Uint8Array, name: string, limits: Limits): Generator<[Uint8Array, string]> {
  let number = 1
  for (let from = 0; from < bytes.length; number += 1) {
    const end = bytes.indexOf(NEWLINE, from)
    const where = `${name}:${number}`
    if (end === -1) throw faulty('malformed', where)
    if (end - from > limits.line) throw faulty('too_large', where)
    yield [bytes.subarray(from, end), where]
    from = end + 1
  }
}

const versionIn = (bytes: Uint8Array | undefined): number => {
  try {
    return Versioned.parse(JSON.parse(decoder.decode(bytes))).version
  } catch (error) {
    throw faulty('not_a_bundle', MANIFEST, error)
  }
}

const readManifest = (files: Files): Manifest => {
  const bytes = files.get(MANIFEST)
  if (!bytes || versionIn(bytes) > BUNDLE_VERSION) throw faulty(bytes ? 'too_new' : 'not_a_bundle', MANIFEST)
  const manifest = parsed(Manifest, bytes, MANIFEST)
  if (manifest.eventVersion > EVENT_VERSION) throw faulty('too_new', MANIFEST)
  return manifest
}

const checkFiles = (
  files: Files,
  { version, counts, digests }: Manifest,
  sha256: Sha256,
  limits: Limits,
): void => {
  for (const part of partsIn(version)) {
    const bytes = files.get(FILES[part])
    if (!bytes || sha256(bytes) !== digests[part]) throw faulty('altered', FILES[part])
    if ((counts[part] ?? 0) > limits[part]) throw faulty('too_large', FILES[part])
  }
}

const eventFrom = (bytes: Uint8Array, where: string, version: number): RecordedEvent => {
  const { type, data, ...stamp } = parsed(BundledEvent, bytes, where)
  try {
    const event = parseEvent(type, version, data)
    if (hasSafeIds(event)) return { ...event, ...stamp }
  } catch (error) {
    throw faulty('malformed', where, error)
  }
  throw faulty('malformed', where)
}

const readStory = (
  files: Files,
  { version, counts, eventVersion }: Manifest,
  limits: Limits,
): StoryBundle => {
  const bytesOf = (part: Part) => files.get(FILES[part]) ?? new Uint8Array()
  const rowsOf = <T>(part: Part, schema: z.ZodType<T>) =>
    parsed(z.array(schema).max(limits[part]), bytesOf(part), FILES[part])
  const linesOf = <T>(part: Part, read: (line: Uint8Array, where: string) => T): T[] => {
    const rows: T[] = []
    for (const [line, where] of linesIn(bytesOf(part), FILES[part], limits)) {
      if (rows.length === limits[part]) throw faulty('too_large', FILES[part])
      rows.push(read(line, where))
    }
    return rows
  }
  const story: StoryBundle = {
    strands: rowsOf('strands', BundledStrand),
    branches: rowsOf('branches', BundledBranch),
    moves: rowsOf('moves', BundledMove),
    events: linesOf('events', (line, where) => eventFrom(line, where, eventVersion)),
    texts: linesOf('texts', (line, where) => parsed(BundledText, line, where)),
    settings: version < 2 ? [] : rowsOf('settings', BundledSettings),
  }
  if (partsIn(version).some((part) => story[part].length !== counts[part]))
    throw faulty('malformed', 'the counts')
  return story
}

/**
 * Reads a story from a file that may come from anyone. Throws `bundle_faulty`, with what is wrong as a `BundleFault`
 * in `details.fault`, unless it is whole and Skein could have written it.
 */
export const readBundle = (bytes: Uint8Array, sha256: Sha256, limits: Limits = LIMITS): StoryBundle => {
  const { files, others } = unpack(bytes, [MANIFEST, ...Object.values(FILES)], limits)
  const manifest = readManifest(files)
  if (others.length > 0) throw faulty('malformed', 'files that do not belong to it')
  checkFiles(files, manifest, sha256, limits)
  const story = readStory(files, manifest, limits)
  checkStory(story, limits)
  return story
}
