import { createRequire } from 'node:module'
import { renderAsync } from '@resvg/resvg-js'

/** The one font of every picture: it holds the rare characters of names, and no machine needs a font of its own. */
export const pictureFont = 'Noto Sans SC'
const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
)

/** Twice the size of the drawing: sharp on a phone, some 60 KB. */
const ZOOM = 2

/**
 * SVG to PNG bytes, drawn outside the event loop.
 *
 * System fonts stay out, so a picture looks the same everywhere; without this font every letter would be missing silently.
 */
export async function rasterize(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: [fontFile], defaultFontFamily: pictureFont },
    fitTo: { mode: 'zoom', value: ZOOM },
    background: '#ffffff',
  })
  return image.asPng()
}
