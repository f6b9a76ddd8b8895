import { MessageFlags } from 'discord.js'
import { knownBranches, living } from '../../src/discord/branch-names.ts'
import type { CommandHandler } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { labelOf } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import { branchTree, type DrawnBranch, type TreeWords, treeAltText } from '../../src/pictures/branch-tree.ts'
import { drawGraph } from '../../src/pictures/graph.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'

/** More boxes than this nobody reads. */
export const DRAWN = 60

const MINUTE = 60_000

type Tree = ReadonlyMap<string, Branch>

/** A branch and those that it came from, itself first. */
const ancestry = (tree: Tree, { branch }: StoryRef): Branch[] => {
  const found: Branch[] = []
  for (let at = tree.get(branch); at && !found.includes(at); at = tree.get(at.parent ?? '')) found.push(at)
  return found
}

/** Where a branch leaves the nearest of those it came from that is drawn, whatever stands between them. */
const stemOf = (tree: Tree, branch: Branch, drawn: ReadonlySet<Branch>) => {
  let forkTurn = branch.forkTurn
  for (const ancestor of ancestry(tree, branch.ref).slice(1)) {
    if (drawn.has(ancestor)) return { parent: ancestor.ref.branch, forkTurn }
    if (forkTurn !== null) forkTurn = Math.min(forkTurn, ancestor.forkTurn ?? forkTurn)
  }
  return { parent: null, forkTurn: null }
}

/**
 * The branches as they are drawn: all of them, or this one with those that it came from and then the newest.
 * `leftOut`: how many are missing.
 */
export const drawnBranches = (
  branches: readonly Branch[],
  here: StoryRef,
  now: number,
  texts: Texts,
): { readonly drawn: readonly DrawnBranch[]; readonly leftOut: number } => {
  const tree: Tree = new Map(branches.map((branch) => [branch.ref.branch, branch]))
  const there = living(branches)
  const known = knownBranches(there, texts)
  const newest = there.toSorted((one, other) => other.createdAt - one.createdAt)
  const kept = new Set([...living(ancestry(tree, here)), ...newest])
  const drawn = new Set([...kept].slice(0, DRAWN))
  return {
    drawn: there
      .filter((branch) => drawn.has(branch))
      .map((branch) => ({
        id: branch.ref.branch,
        name: labelOf(known, branch.ref.branch),
        ...stemOf(tree, branch, drawn),
        turns: branch.turns,
        isHere: branch.ref.branch === here.branch,
        isDeleted: false,
        lastActivity: texts.branch.ago((now - branch.updatedAt) / MINUTE),
      })),
    leftOut: there.length - drawn.size,
  }
}

const wordsFor = ({ branch }: Texts): TreeWords => ({
  turn: branch.afterTurn,
  turns: branch.turns,
  here: branch.youAreHere,
  deleted: branch.deleted,
})

/** `/branch tree`: a picture, with the same in words for those who do not see it. */
export const tree: CommandHandler = async (interaction, face) => {
  const { branches, clock, texts } = face
  const { ref } = await storyHere(interaction, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const all = await branches.list(ref.story)
  const { drawn, leftOut } = drawnBranches(all, ref, clock.now(), texts)
  const words = wordsFor(texts)
  const picture = await drawGraph(branchTree(drawn, words))
  const { heading, leftOut: missing, treeFile: name } = texts.branch
  await interaction.editReply({
    content: [heading(living(all).length), ...(leftOut > 0 ? [missing(leftOut)] : [])].join('\n'),
    files: [{ attachment: Buffer.from(picture), name, description: treeAltText(drawn, words) }],
  })
}
