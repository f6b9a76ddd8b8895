import { expand, type MacroValues } from '../../src/prompt/macros.ts'

// The compiler asks for each of them.
const anything: Required<MacroValues> = {
  char: '',
  user: '',
  persona: '',
  description: '',
  personality: '',
  scenario: '',
  group: '',
  time: '',
  date: '',
  isotime: '',
  weather: '',
}

/** What stands in a prompt as a macro and means nothing, each once. */
export const unknownMacros = (text: string): string[] => [
  ...new Set(expand(text, anything).match(/\{\{[^{}]*\}\}/gu)),
]
