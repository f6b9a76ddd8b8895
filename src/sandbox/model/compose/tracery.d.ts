declare module 'tracery-grammar' {
  export type Modifier = (text: string, parameters: readonly string[]) => string
  export type Grammar = {
    addModifiers(modifiers: Readonly<Record<string, Modifier>>): void
    flatten(rule: string): string
  }
  const tracery: {
    createGrammar(rules: Readonly<Record<string, readonly string[]>>): Grammar
    /** One generator for the whole process: set it before each expansion. */
    setRng(random: () => number): void
  }
  export default tracery
}
