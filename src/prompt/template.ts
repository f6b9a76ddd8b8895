/** The prompts that can be written anew: two for the writer, one for each other role. */
export const templateNames = [
  'narrator',
  'character',
  'planner',
  'archivist',
  'summariser',
  'chronicler',
  'biographer',
  'stager',
  'segmenter',
] as const
export type TemplateName = (typeof templateNames)[number]

/** A prompt with macros in it. `version` says which one it is, for records. */
export type Template = { readonly text: string; readonly version: string }

/** A server's own wording of a prompt. */
export type Override = { readonly version: number; readonly body: string }

/**
 * A wording in the place of another, which it may hold: the first `{{original}}` becomes the text that it replaces, so
 * that its macros still count. Any further one becomes nothing, or a few words could ask for a book.
 */
export const overlay = (body: string, original: string): string => {
  let isFirst = true
  return body.replace(/\{\{\s*original\s*\}\}/giu, () => {
    const text = isFirst ? original : ''
    isFirst = false
    return text
  })
}

/** The prompt in force. Its version is the built-in one's, and after a plus the server's own: `1+3`. */
export const templateFor = (
  name: TemplateName,
  builtIn: Readonly<Record<TemplateName, Template>>,
  overrides: Readonly<Partial<Record<TemplateName, Override>>>,
): Template => {
  const original = builtIn[name]
  const own = overrides[name]
  if (!own) return original
  return { text: overlay(own.body, original.text), version: `${original.version}+${own.version}` }
}
