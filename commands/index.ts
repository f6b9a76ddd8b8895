import type { Command, MessageCommand } from '../src/discord/command.ts'
import { activity } from './activity/index.ts'
import { backup } from './backup/index.ts'
import { branch, branchFromHere } from './branch/index.ts'
import { character } from './character/index.ts'
import { clock } from './clock/index.ts'
import { proceed } from './continue/index.ts'
import { memory } from './memory/index.ts'
import { persona } from './persona/index.ts'
import { place } from './place/index.ts'
import { regenerate } from './regenerate/index.ts'
import { relation } from './relation/index.ts'
import { reset } from './reset/index.ts'
import { rewind, rewindToHere } from './rewind/index.ts'
import { scene } from './scene/index.ts'
import { story } from './story/index.ts'
import { undo } from './undo/index.ts'

/** Every command that Skein offers. */
export const commands: readonly (Command | MessageCommand)[] = [
  story,
  character,
  persona,
  place,
  scene,
  activity,
  clock,
  relation,
  memory,
  rewind,
  rewindToHere,
  undo,
  branch,
  branchFromHere,
  reset,
  regenerate,
  proceed,
  backup,
]
