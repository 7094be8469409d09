import type { ComponentChildren } from 'preact'
import { render } from 'preact-render-to-string'
import { renderDocument } from '../shared/document.tsx'
import type { PageData, PhonePage, SignInData } from '../shared/phone-api.ts'
import { type Choice, Chooser } from './chooser.tsx'
import { Notice, type NoticeKind } from './notice.tsx'
import { Phone } from './phone.tsx'
import { SignIn } from './sign-in.tsx'

const ASSETS = { script: '/assets/phone.js', style: '/assets/phone.css' }

export const TITLES: Record<PhonePage, string> = {
  'check-in': '打卡',
  incident: '上报',
  visit: '记走访',
  mine: '我的一天',
}

/** A page as the server sends it: whole and readable before its script has come. */
export function renderPhonePage(data: PageData): string {
  const title = `${TITLES[data.page]} · ${data.botName}`
  return renderDocument(render, { ...ASSETS, title, data, body: <Root>{<Phone {...data} />}</Root> })
}

/** For DingTalk, where a script asks the app who is looking. */
export function renderSignIn(botName: string, data: SignInData): string {
  return renderDocument(render, { ...ASSETS, title: botName, data, body: <Root>{<SignIn {...data} />}</Root> })
}

/** One sentence and what to do; needs no script. */
export function renderNotice(botName: string, kind: NoticeKind, detail?: string): string {
  const body = <Notice botName={botName} kind={kind} detail={detail} />
  return renderDocument(render, { style: ASSETS.style, title: botName, body })
}

/** Whom to be, where the simulator is on. */
export function renderChooser(botName: string, people: readonly Choice[], to: string): string {
  const body = <Chooser people={people} to={to} />
  return renderDocument(render, { style: ASSETS.style, title: `${botName} · 换谁来看`, body })
}

function Root({ children }: { children: ComponentChildren }) {
  return <div id="app">{children}</div>
}
