import { build } from 'esbuild'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { PhoneRig } from '../h5/rig.ts'
import { openPage } from '../support/browser.ts'

const root = new URL('../../', import.meta.url).pathname

/** The pages' script and style, bundled as the launcher does. */
export async function bundlePhone(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [
      { in: `${root}web/phone/island.tsx`, out: 'phone' },
      { in: `${root}web/phone/phone.css`, out: 'phone' },
    ],
    bundle: true,
    write: false,
    splitting: true,
    format: 'esm',
    target: 'es2020',
    minify: true,
    outdir: '/assets',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
  return new Map(outputFiles.map(({ path, text }) => [path, text]))
}

export interface PhonePage {
  page: Page
  context: BrowserContext
  /** What went wrong in the page itself. */
  faults: string[]
}

/** A phone in portrait, its scripts served; the rest is the real server's. */
export async function openPhone(
  browser: Browser,
  assets: ReadonlyMap<string, string>,
  options: BrowserContextOptions = {},
): Promise<PhonePage> {
  const page = await openPage(browser, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: 2,
    ...options,
  })
  const context = page.context()
  await context.route('**/assets/*', route => {
    const { pathname } = new URL(route.request().url())
    const body = assets.get(pathname)
    if (body === undefined) return route.fulfill({ status: 404 })
    return route.fulfill({ body, contentType: pathname.endsWith('.css') ? 'text/css' : 'text/javascript' })
  })
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  return { page, context, faults }
}

/** Opens a page as somebody of the street, through the chooser. */
export async function openAs(page: Page, rig: PhoneRig, name: string, path: string): Promise<void> {
  await page.goto(`${rig.url}${path}`)
  await page.getByRole('button', { name }).click()
  await page.getByRole('navigation', { name: '页面' }).waitFor()
}
