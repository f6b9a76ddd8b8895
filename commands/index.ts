import type { Command, MessageCommand } from '../src/discord/command.ts'
import { activity } from './activity/index.ts'
import { backup } from './backup/index.ts'
import { boundaries } from './boundaries/index.ts'
import { branch, branchFromHere } from './branch/index.ts'
import { budget } from './budget/index.ts'
import { character } from './character/index.ts'
import { clock } from './clock/index.ts'
import { proceed } from './continue/index.ts'
import { cost } from './cost/index.ts'
import { perform } from './do/index.ts'
import { inspect, inspectThis } from './inspect/index.ts'
import { memory } from './memory/index.ts'
import { model } from './model/index.ts'
import { pause } from './pause/index.ts'
import { persona } from './persona/index.ts'
import { place } from './place/index.ts'
import { price } from './price/index.ts'
import { prompt } from './prompt/index.ts'
import { recall } from './recall/index.ts'
import { regenerate } from './regenerate/index.ts'
import { relation } from './relation/index.ts'
import { relations } from './relations/index.ts'
import { reset } from './reset/index.ts'
import { retract } from './retract/index.ts'
import { rewind, rewindToHere } from './rewind/index.ts'
import { say } from './say/index.ts'
import { scene } from './scene/index.ts'
import { settings } from './settings/index.ts'
import { state } from './state/index.ts'
import { story } from './story/index.ts'
import { turn } from './turn/index.ts'
import { undo } from './undo/index.ts'
import { whisper } from './whisper/index.ts'

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
  relations,
  state,
  memory,
  rewind,
  rewindToHere,
  undo,
  branch,
  branchFromHere,
  reset,
  recall,
  regenerate,
  proceed,
  turn,
  say,
  perform,
  whisper,
  retract,
  pause,
  boundaries,
  settings,
  prompt,
  inspect,
  inspectThis,
  model,
  cost,
  budget,
  price,
  backup,
]
