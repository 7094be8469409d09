import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const require = createRequire(import.meta.url)
const OUTPUT = new URL('../output/', import.meta.url).pathname
const FONT = '/test-font.ttf'

/** A real browser: `CHROMIUM_PATH`, else the system's, else the one that npm installed. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH ?? findOnPath(['chromium', 'chromium-browser', 'google-chrome'])
  if (own) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] })
  // Makes the packed browser bring its own libraries where the system has none.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  // Made for one page in a cramped place: in a single process a closed context would take the whole browser along.
  const args = packed.args.filter(arg => arg !== '--single-process' && arg !== '--no-zygote')
  return chromium.launch({ executablePath: await packed.executablePath(), args })
}

/** A page that can write Chinese: the browser may have no font for it, so one is served beside the page's own files. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  const bytes = readFileSync(join(fonts, '400Regular/NotoSansSC_400Regular.ttf'))
  await context.route(`**${FONT}`, route => route.fulfill({ body: bytes, contentType: 'font/ttf' }))
  return context.newPage()
}

/** Writes what the page looks like to `test/output/NAME.png`, in the served font. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true })
  await page.addStyleTag({
    content: `@font-face { font-family: "Noto Sans SC"; src: url("${FONT}"); font-weight: 100 900 } body { font-family: "Noto Sans SC", sans-serif }`,
  })
  await page.evaluate(() => document.fonts.load('16px "Noto Sans SC"', '格').then(() => document.fonts.ready))
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) })
}

function findOnPath(names: string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(path => existsSync(path))
}
