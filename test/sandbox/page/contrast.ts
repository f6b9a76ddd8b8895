import type { Page } from 'playwright-core'

/** A text that is hard to read: its colours and their contrast. */
export type Faint = { readonly text: string; readonly ratio: number; readonly colours: string }

/**
 * Finds visible text with too little contrast to what lies behind it, shadow roots included. What is dimmed as a
 * whole (a disabled button) is left out, as WCAG does.
 */
export const faintTexts = (page: Page): Promise<Faint[]> =>
  page.evaluate(() => {
    type Rgba = readonly [number, number, number, number]

    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    const rgba = (colour: string): Rgba => {
      if (!canvas) return [0, 0, 0, 1]
      canvas.clearRect(0, 0, 1, 1)
      canvas.fillStyle = colour
      canvas.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data
      return [r, g, b, a / 255]
    }
    const over = (top: Rgba, under: Rgba): Rgba => {
      const mix = (a: number, b: number) => a * top[3] + b * (1 - top[3])
      return [mix(top[0], under[0]), mix(top[1], under[1]), mix(top[2], under[2]), 1]
    }
    const light = ([r, g, b]: Rgba): number => {
      const linear = [r, g, b].map((value) => {
        const share = value / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
    }
    const above = (element: Element): Element | null => {
      const root = element.getRootNode()
      return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
    }
    const chain = (element: Element): Element[] => {
      const next = above(element)
      return next ? [element, ...chain(next)] : [element]
    }
    const behind = (ancestors: readonly Element[]): Rgba =>
      ancestors
        .map((ancestor) => rgba(getComputedStyle(ancestor).backgroundColor))
        .reduceRight((under, top) => over(top, under), [255, 255, 255, 1] as Rgba)

    const faint: Faint[] = []
    const look = (text: Text): void => {
      const element = text.parentElement ?? (text.getRootNode() as ShadowRoot).host
      const words = text.textContent?.trim() ?? ''
      if (words === '' || !element?.checkVisibility({ checkVisibilityCSS: true, opacityProperty: true }))
        return
      if (element.closest('.sr-only, style, script, svg')) return
      const range = document.createRange()
      range.selectNodeContents(text)
      if (range.getBoundingClientRect().width === 0) return
      const ancestors = chain(element)
      if (ancestors.some((ancestor) => Number(getComputedStyle(ancestor).opacity) < 1)) return
      const style = getComputedStyle(element)
      // A dialog's text does not stand on what lies under its ground.
      const ground = behind(ancestors)
      const colour = rgba(style.color)
      if (colour[3] === 0) return
      const [a, b] = [light(over(colour, ground)), light(ground)]
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      const large = Number.parseFloat(style.fontSize) >= 24
      if (ratio < (large ? 3 : 4.5)) {
        faint.push({ text: words.slice(0, 40), ratio, colours: `${style.color} on ${ground.join(' ')}` })
      }
    }
    const walk = (root: Node): void => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
      for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
        if (node instanceof Text) look(node)
        else if (node instanceof Element && node.shadowRoot) walk(node.shadowRoot)
      }
    }
    walk(document.body)
    return faint
  })
