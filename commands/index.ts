import type { Command } from '../src/discord/command.ts'
import { backup } from './backup/index.ts'
import { character } from './character/index.ts'
import { persona } from './persona/index.ts'
import { story } from './story/index.ts'

/** Every command that Skein offers. */
export const commands: readonly Command[] = [story, character, persona, backup]
