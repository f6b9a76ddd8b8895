import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { suggestOwner } from '../memory/owner.ts'
import { kindOption, namedOption } from '../options.ts'
import { slash } from '../slash.ts'
import { askMerge, askWords, forgetHere, pinHere, saveMerge, saveWords, unpinHere } from './memories.ts'
import { chooseMemory, chooseOwner, go, show } from './show.ts'
import { chooseChange, saveActivity, saveClock, saveRelation, saveWeather } from './world.ts'

const { option, page, about } = en.state

export const state: Command = {
  data: slash('state', about, [kindOption('page', option.page, page), namedOption('whose', option.whose)]),
  run: show,
  autocomplete: { whose: suggestOwner },
  buttons: {
    state: go,
    'state-edit': askWords,
    'state-pin': pinHere,
    'state-unpin': unpinHere,
    'state-forget': forgetHere,
  },
  selects: {
    'state-change': chooseChange,
    'state-owner': chooseOwner,
    'state-memory': chooseMemory,
    'state-merge': askMerge,
  },
  modals: {
    'state-activity': saveActivity,
    'state-clock': saveClock,
    'state-weather': saveWeather,
    'state-relation': saveRelation,
    'state-words': saveWords,
    'state-merged': saveMerge,
  },
}
