import { UserFacingError } from '../kit/errors.ts'
import type { Texts } from '../locales/en.ts'
import { isSameName, NAME_LIMIT } from '../story/cast.ts'
import { ROOT_BRANCH, type StoryRef } from '../story/ref.ts'
import type { Branch } from '../turn/ports/timeline.ts'
import type { Suggest } from './command.ts'
import { storyHere } from './here.ts'
import { type Known, labelled, labelOf, suggestions, theOne } from './names.ts'
import { plain } from './render.ts'

/** The longest name of a branch, and the longest sentence about it. */
export const BRANCH_NAME_LIMIT = NAME_LIMIT
export const BRANCH_DESCRIPTION_LIMIT = 300

/** The branches that are there, the oldest first. */
export const living = (branches: readonly Branch[]): Branch[] =>
  branches.filter(({ isDeleted }) => !isDeleted)

const nameOf = ({ name, ref }: Branch, { branch: words }: Texts): string =>
  name ?? (ref.branch === ROOT_BRANCH ? words.main : words.nameless)

/** Branches by their names: where two have one, the second has a number. */
export const knownBranches = (branches: readonly Branch[], texts: Texts): Known[] =>
  labelled(branches.map((branch) => ({ id: branch.ref.branch, name: nameOf(branch, texts) })))

/** What a branch is called, as it may stand in a reply. */
export const shownBranch = (branches: readonly Branch[], { branch }: StoryRef, texts: Texts): string =>
  plain(labelOf(knownBranches(branches, texts), branch) || texts.branch.nameless, BRANCH_NAME_LIMIT)

/** The branch that a name means. Refused with the names that there are. */
export const branchNamed = (branches: readonly Branch[], typed: string, texts: Texts): Branch => {
  const there = living(branches)
  const { id } = theOne(knownBranches(there, texts), typed, texts.branch)
  return branchWith(there, id, texts)
}

/** The same by its id. */
export const branchWith = (branches: readonly Branch[], id: string | undefined, texts: Texts): Branch => {
  const found = living(branches).find(({ ref }) => ref.branch === id)
  if (!found) throw new UserFacingError('branch_gone', texts.branch.gone)
  return found
}

/**
 * A name for a branch as someone typed it. Refused where it is none, or where another branch has it: the one with the
 * id `keeper` may keep its own.
 */
export const freeBranchName = (
  branches: readonly Branch[],
  typed: string,
  keeper: string | undefined,
  texts: Texts,
): string => {
  const name = typed.replace(/\s+/gu, ' ').trim()
  if (name === '' || name.length > BRANCH_NAME_LIMIT)
    throw new UserFacingError('bad_branch_name', texts.branch.badName)
  const others = living(branches).filter(({ ref }) => ref.branch !== keeper)
  if (others.some((branch) => isSameName(nameOf(branch, texts), name)))
    throw new UserFacingError('branch_name_taken', texts.branch.taken(plain(name, BRANCH_NAME_LIMIT)))
  return name
}

/** Suggests a branch of this thread's story. */
export const suggestBranch: Suggest = async (interaction, typed, face) => {
  const { ref } = await storyHere(interaction, face)
  return suggestions(knownBranches(living(await face.branches.list(ref.story)), face.texts), typed)
}
