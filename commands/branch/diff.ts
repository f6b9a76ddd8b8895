import { type InteractionEditReplyOptions, MessageFlags } from 'discord.js'
import { branchNamed, branchWith, shownBranch } from '../../src/discord/branch-names.ts'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { isInCharge } from '../../src/discord/here.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { castMembers, personaOf } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { saidAloud } from '../../src/story/witness.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'
import { branchOf, playedHere } from './branch.ts'
import { type Comparison, diffInWords, type Held, type Side } from './diff-words.ts'

/** So many turns are shown of each branch, each with so many units. */
const TURNS = 6
const WORDS_LIMIT = 100

/** As many rows as one message holds, and, where there are more, all of them as a file. */
export const bounded = (
  rows: readonly string[],
  { diff: words }: Texts,
): Required<Pick<InteractionEditReplyOptions, 'content' | 'files'>> => {
  const whole = rows.join('\n')
  if (whole.length <= MESSAGE_LIMIT) return { content: whole, files: [] }
  const end = subtext(words.inFile)
  const kept: string[] = []
  let room = MESSAGE_LIMIT - end.length
  for (const row of rows) {
    room -= row.length + 1
    if (room < 0) break
    kept.push(row)
  }
  return {
    content: [...kept, end].join('\n'),
    files: [{ attachment: Buffer.from(`${whole}\n`), name: words.file }],
  }
}

type Reader = Pick<Comparison, 'isInCharge' | 'mayRead'> & {
  readonly witnessed: (witnesses: readonly EntityId[]) => boolean
}

/** What someone may read: all of it, or what the one they play knows. */
const readerOf = (player: string, isLeading: boolean, heads: readonly Head[]): Reader => {
  const own = new Set(heads.flatMap(({ state }) => personaOf(state.cast, player)?.persona ?? []))
  const mayRead = (entity: EntityId) => isLeading || own.has(entity)
  return { isInCharge: isLeading, mayRead, witnessed: (witnesses) => witnesses.some(mayRead) }
}

const factsIn = async (head: Head, { mayRead }: Reader, { memories }: Face): Promise<Held> => {
  const owners = castMembers(head.state.cast).filter(mayRead)
  const known = await Promise.all(owners.map((owner) => memories.factsOf(head, owner)))
  return new Map(known.flat().map(({ fact, owner, body }) => [fact, { owner, words: body }]))
}

const pinsIn = async (head: Head, { mayRead }: Reader, { memories }: Face): Promise<Held> => {
  const own = head.state.pins.filter(({ owner }) => mayRead(owner))
  const pinned = await Promise.all(own.map(({ memory }) => memories.memory(head, memory)))
  return new Map(
    pinned.flatMap((memory) =>
      memory ? [[memory.memory, { owner: memory.owner, words: memory.body }] as const] : [],
    ),
  )
}

const sideOf = async (head: Head, name: string, fork: number, reader: Reader, face: Face): Promise<Side> => {
  const newest = head.state.turn.number
  const shown = Math.min(TURNS, newest - fork)
  const lines = saidAloud(await face.lines(head, fork + 1, fork + shown))
  const read = lines.filter(({ kind, witnesses }) => kind !== 'ooc' && reader.witnessed(witnesses))
  const first = new Map(read.toReversed().map(({ turn, text }) => [turn, plain(text, WORDS_LIMIT)]))
  return {
    ...{ name, head },
    turns: Array.from({ length: shown }, (_, at) => fork + 1 + at).map((turn) => ({
      turn,
      words: first.get(turn) ?? '…',
    })),
    more: newest - fork - shown,
    facts: await factsIn(head, reader, face),
    pins: await pinsIn(head, reader, face),
  }
}

/** The two branches that are meant: without names, this one and the one that it left. */
const pairOf = (
  all: readonly Branch[],
  here: Head,
  one: string | null,
  other: string | null,
  texts: Texts,
): readonly [Branch, Branch] => {
  const first = one === null ? branchWith(all, here.ref.branch, texts) : branchNamed(all, one, texts)
  if (other !== null) return [first, branchNamed(all, other, texts)]
  if (first.ref.branch !== here.ref.branch) return [first, branchWith(all, here.ref.branch, texts)]
  const parent = first.parent === null ? undefined : branchOf(all, { ...here.ref, branch: first.parent })
  if (!parent) throw new UserFacingError('nothing_to_compare', texts.diff.oneAlone)
  return [first, branchWith(all, parent.ref.branch, texts)]
}

/** `/branch diff`. */
export const diff: CommandHandler = async (interaction, face) => {
  const { branches, past, load, texts } = face
  const { options, user } = interaction
  const here = await playedHere(interaction, face)
  const all = await branches.list(here.ref.story)
  const pair = pairOf(all, here, options.getString('one'), options.getString('other'), texts)
  const [first, second] = pair.map(({ ref }) => ref)
  if (!first || !second || first.branch === second.branch)
    throw new UserFacingError('same_branch', texts.diff.same)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const [one, other] = [await load(first), await load(second)]
  if (!one || !other) throw new UserFacingError('branch_gone', texts.branch.gone)
  const reader = readerOf(user.id, isInCharge(interaction, here), [one, other])
  const { turn } = await past.forkOf(one, other)
  const rows = diffInWords(
    {
      ...{ turn, isInCharge: reader.isInCharge, mayRead: reader.mayRead },
      one: await sideOf(one, shownBranch(all, first, texts), turn, reader, face),
      other: await sideOf(other, shownBranch(all, second, texts), turn, reader, face),
    },
    texts,
  )
  await interaction.editReply(bounded(rows, texts))
}
