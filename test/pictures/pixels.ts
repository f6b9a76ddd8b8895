import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js'

export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8Array }

const render = (svg: string, options: ResvgRenderOptions = {}): Pixels => {
  const { width, height, pixels } = new Resvg(svg, { font: { loadSystemFonts: false }, ...options }).render()
  return { width, height, data: pixels }
}

/** The size that stands in a PNG's header. */
export const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** What a PNG shows. */
export const pixelsOf = (png: Uint8Array): Pixels => {
  const { width, height } = sizeOf(png)
  const data = Buffer.from(png).toString('base64')
  return render(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      `<image width="${width}" height="${height}" href="data:image/png;base64,${data}"/></svg>`,
  )
}

/** What an SVG document shows where there is no font at all. */
export const withoutFonts = (svg: string, zoom: number): Pixels =>
  render(svg, { font: { loadSystemFonts: false }, fitTo: { mode: 'zoom', value: zoom } })

const at = ({ data }: Pixels, pixel: number) => [...data.subarray(pixel * 4, pixel * 4 + 3)].join()

/** Where two pictures of one size differ. */
export const difference = (one: Pixels, other: Pixels): { readonly x: number; readonly y: number }[] =>
  Array.from({ length: one.width * one.height }, (_, pixel) => pixel)
    .filter((pixel) => at(one, pixel) !== at(other, pixel))
    .map((pixel) => ({ x: pixel % one.width, y: Math.floor(pixel / one.width) }))

/** How many pixels have a colour. */
export const countOf = (pixels: Pixels, colour: readonly [number, number, number]): number =>
  Array.from({ length: pixels.width * pixels.height }, (_, pixel) => at(pixels, pixel)).filter(
    (found) => found === colour.join(),
  ).length
