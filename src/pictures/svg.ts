import { fileURLToPath } from 'node:url'
import { Resvg, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js'

const FAMILY = 'Inter'
const EMOJI = 'Noto Emoji'

/** Fonts come from packages and never from the system: a picture is the same on every machine. */
const options: ResvgRenderOptions = {
  font: {
    loadSystemFonts: false,
    fontFiles: [
      '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
      '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
      '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
    ].map((file) => fileURLToPath(import.meta.resolve(file))),
    defaultFontFamily: FAMILY,
  },
}

/** Pixels for each unit, so that text is sharp on the screens of today. */
const SCALE = 2
/** The most pixels on a side: a larger drawing is scaled down. */
export const SIDE_LIMIT = 4000

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What no XML may hold, not even escaped: control characters and halves of surrogate pairs. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

const escapeXml = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"]/gu, (mark) => NAMED[mark] ?? '')

// resvg finds no other font for a character in the middle of a run, so emoji get theirs by name.
const runs = (text: string): string =>
  text
    .split(/(\p{RGI_Emoji}+)/v)
    .map((run, at) => (at % 2 ? `<tspan font-family="${EMOJI}">${run}</tspan>` : escapeXml(run)))
    .join('')

/** How a text is set: its size and its weight, of which the fonts have two. */
export type Face = { readonly size: number; readonly weight: 400 | 600 }

/** Anyone's words in one row around `x`, as they stand: nothing in them is markup. */
export const textElement = (
  text: string,
  { size, weight }: Face,
  { x = 0, y = 0, fill = '#000' }: { readonly x?: number; readonly y?: number; readonly fill?: string } = {},
): string =>
  `<text x="${x}" y="${y}" text-anchor="middle" font-family="${FAMILY}" font-size="${size}" ` +
  `font-weight="${weight}" fill="${fill}">${runs(text)}</text>`

/** An SVG document of a size. */
export const svgDocument = (
  { width, height }: { readonly width: number; readonly height: number },
  content: string,
): string => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`

/** How wide a text is drawn. */
export const widthOf = (text: string, face: Face): number =>
  new Resvg(svgDocument({ width: 1, height: 1 }, textElement(text, face)), options).getBBox()?.width ?? 0

/** Draws an SVG document as PNG, off this thread. */
export const toPng = async (svg: string): Promise<Uint8Array> => {
  const { width, height } = new Resvg(svg, options)
  const zoom = Math.min(SCALE, SIDE_LIMIT / width, SIDE_LIMIT / height)
  return (await renderAsync(svg, { ...options, fitTo: { mode: 'zoom', value: zoom } })).asPng()
}
