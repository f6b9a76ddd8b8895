import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** In the order of the cascade. */
const STYLES = [
  'theme',
  'base',
  'frame',
  'channels',
  'messages',
  'message-parts',
  'attachments',
  'select',
  'layout',
  'menu',
  'composer',
  'options',
  'dialog',
]

/** The page's script as one ES module, bundled in memory: there is no build step and nothing is written. */
export const bundleScript = async (): Promise<string> => {
  const bundle = await rolldown({
    input: here('./client/main.ts'),
    platform: 'browser',
    logLevel: 'silent',
  })
  try {
    const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
    return output[0].code
  } finally {
    await bundle.close()
  }
}

/** The page's style sheets, as one. */
export const joinStyles = async (): Promise<string> => {
  const sheets = await Promise.all(STYLES.map((name) => readFile(here(`./style/${name}.css`), 'utf8')))
  return sheets.join('\n')
}

/** The document that loads the two. */
export const readDocument = (): Promise<string> => readFile(here('./page.html'), 'utf8')
