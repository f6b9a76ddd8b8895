import type { Command } from '../src/discord/command.ts'
import { story } from './story/index.ts'

/** Every command that Skein offers. */
export const commands: readonly Command[] = [story]
